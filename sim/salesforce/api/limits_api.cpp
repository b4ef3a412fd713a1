// GET /limits and /limits/recordCount (fact sheet §2.4, §2.8).

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/api/session.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {
namespace {

std::string storage(std::string_view name, std::uint64_t most_mb, std::uint64_t used_mb) {
  return fmt::format(R"("{}":{{"Max":{},"Remaining":{}}})", name, most_mb,
                     most_mb > used_mb ? most_mb - used_mb : 0);
}

/// Unknown and empty objects are left out; the number is approximate on the platform, exact here.
std::string record_counts(const Session& session) {
  std::string list;
  const auto add = [&](const Object& object) {
    const RecordTable* table = session.org.store->find_table(object);
    if (table == nullptr || table->live() == 0) return;
    list += fmt::format(R"({}{{"count":{},"name":"{}"}})", list.empty() ? "" : ",", table->live(),
                        object.name);
  };
  if (const auto wanted = session.call.parameter("sObjects")) {
    for (const std::string_view name : text::split(*wanted, ","))
      if (const Object* object = session.org.catalogue->find(text::trim(name))) add(*object);
  } else {
    for (const auto& object : session.org.catalogue->all())
      if (object->visible && !object->deleted) add(*object);
  }
  return R"({"sObjects":[)" + list + "]}";
}

}  // namespace

ApiReply limits_api(Session& session) {
  ApiReply reply;
  reply.endpoint = "/limits";
  if (session.call.method != "GET")
    return ApiReply::refused(errors::method_not_allowed(session.call.method));
  if (session.call.segment(1) == "recordCount") {
    reply.body = record_counts(session);
    return reply;
  }
  const auto use = session.org.storage();
  reply.body = "{" + session.org.limits->json(session.org.now()) + "," +
               storage("DataStorageMB", use.data_limit_kb / 1024, use.data_kb / 1024) + "," +
               storage("FileStorageMB", use.file_limit_bytes >> 20U, use.file_bytes >> 20U) + "}";
  return reply;
}

}  // namespace flit::sim::salesforce
