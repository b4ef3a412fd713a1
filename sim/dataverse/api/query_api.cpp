// Reads of sets of rows: collections, counts, navigation (fact sheet §13).

#include "sim/dataverse/api/reading.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"

namespace flit::sim::dataverse {
namespace {

ApiReply page_reply(const Session& session, std::string body) {
  ApiReply reply = ApiReply::json(200, std::move(body));
  const std::string applied = odata::preference_applied(session.call.preferences);
  if (!applied.empty()) reply.add("Preference-Applied", applied);
  return reply;
}

}  // namespace

Answer<ApiReply> handle_query(Session& session, const Table& table) {
  if (session.call.method != "GET" && session.call.method != "HEAD")
    return refuse(wrong_method(session));
  Reading reading(session);
  const StoreTable& view = reading.views.of(table);
  const CollectionRequest request = reading.request(session.target.options);
  if (session.segments() == 2) {
    const auto count = read_count(request, view);
    if (!count) return refuse(refusal_of(count.error()));
    ApiReply reply{.status = 200, .body = std::to_string(*count)};
    reply.content_type = "text/plain";
    return reply;
  }
  auto body = read_collection(request, view);
  if (!body) return refuse(refusal_of(body.error()));
  return page_reply(session, std::move(*body));
}

}  // namespace flit::sim::dataverse
