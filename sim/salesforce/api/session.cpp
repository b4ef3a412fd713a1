#include "sim/salesforce/api/session.hpp"

#include <fmt/format.h>

#include "sim/salesforce/api/json_fault.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {

Work Session::work() const {
  WriteOptions options;
  options.allow_duplicates =
      call.header("Sforce-Duplicate-Rule-Header").find("allowSave=true") != std::string_view::npos;
  return {org, transaction, call.caller, options};
}

Answer<const Object*> Session::object(std::string_view name) const {
  const Object* found = org.catalogue->find(name);
  if (found == nullptr) return refuse(errors::not_found());
  return found;
}

Answer<json::Document> read_body(std::string_view body) {
  auto document = json::parse(body);
  if (!document) return refuse(errors::parse_error(json_fault(body)));
  return std::move(*document);
}

std::string save_result(RecordId id, std::optional<bool> created) {
  std::string out = R"({"id":")" + id.text() + R"(","success":true,"errors":[])";
  if (created) out += *created ? R"(,"created":true)" : R"(,"created":false)";
  return out + "}";
}

std::string failed_result(const Refusal& refusal) {
  std::string out = R"({"success":false,"errors":[)";
  refusal.append_collection(out);
  return out + "]}";
}

Refusal does_not_support(const Object& object, std::string_view operation) {
  return {.code = "INVALID_TYPE_FOR_OPERATION",
          .message = fmt::format("entity type {} does not support {}", object.name, operation)};
}

}  // namespace flit::sim::salesforce
