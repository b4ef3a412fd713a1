#include "sim/salesforce/api/collection_reads.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/query/record_json.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::size_t most_reads = 2000;

}  // namespace

Refusal too_many_records(std::size_t most) {
  return {.code = "EXCEEDED_ID_LIMIT",
          .message = fmt::format(
              "record limit reached. cannot submit more than {} records into this call", most)};
}

Answer<ApiReply> read_collection(const Session& session, const std::vector<std::string_view>& ids,
                                 const std::vector<std::string_view>& names) {
  FLIT_TRY(object, session.object(session.call.segment(2)));
  if (ids.size() > most_reads) return refuse(too_many_records(most_reads));
  std::vector<const Field*> fields;
  for (const std::string_view name : names) {
    const Field* field = object->find_visible(text::trim(name));
    if (field == nullptr) return refuse(errors::no_such_column(*object, name));
    fields.push_back(field);
  }
  ApiReply reply;
  reply.body = "[";
  for (const std::string_view text : ids) {
    if (reply.body.size() > 1) reply.body += ',';
    const auto row = live_record(session.org, *object, text::trim(text));
    if (row)
      append_record(reply.body, *object, **row, fields, session.call.base());
    else
      reply.body += "null";
  }
  reply.body += ']';
  reply.rows = ids.size();
  return reply;
}

std::vector<std::string_view> texts_of(json::Value list) {
  std::vector<std::string_view> texts;
  for (const json::Value each : list.elements()) texts.push_back(each.string_or(""));
  return texts;
}

}  // namespace flit::sim::salesforce
