// Tooling API: components by JSON, and queries over what was made (fact sheet §6.1).

#include <algorithm>
#include <array>
#include <shared_mutex>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "sim/salesforce/metadata/naming.hpp"
#include "sim/salesforce/metadata/node_of_json.hpp"
#include "sim/salesforce/query/column_metadata.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/setup/setup_api.hpp"
#include "sim/salesforce/setup/tooling_view.hpp"
#include "sim/salesforce/soql/record_writer.hpp"
#include "sim/salesforce/soql/run.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::array<std::string_view, 6> creatable{"CustomField",    "CustomObject",
                                                    "RecordType",     "BusinessProcess",
                                                    "GlobalValueSet", "PermissionSet"};

ApiReply refused(std::string code, std::string message) {
  return ApiReply::refused({.code = std::move(code), .message = std::move(message)});
}

/// The component whose id Tooling gave out; empty name: there is none.
metadata::Component component_of(const Organization& org, std::string_view type,
                                 std::string_view id) {
  metadata::Component component{.type = std::string(type), .removed = true};
  const auto wanted = RecordId::parse(id);
  if (!wanted) return component;
  for (const auto& object : org.catalogue->all()) {
    if (object->deleted) continue;
    if (type == "CustomObject" && object->custom && id_of_object(*object) == *wanted)
      component.full_name = object->name;
    for (const Field& field : object->fields())
      if (type == "CustomField" && field.custom && !field.deleted &&
          id_of_field(*object, field) == *wanted)
        component.full_name = object->name + "." + field.name;
  }
  return component;
}

}  // namespace

std::optional<ApiReply> SetupApi::tooling(const ApiCall& call) {
  const std::string_view second = call.segment(1);
  if (second == "query" && call.method == "GET") return tooling_query(call);
  if (second != "sobjects") return std::nullopt;
  const std::string_view type = call.segment(2);
  if (std::find(creatable.begin(), creatable.end(), type) == creatable.end())
    return ApiReply::refused(errors::not_found());
  if (call.method == "POST" && call.segment(3).empty()) return create_component(call);
  if (call.method == "PATCH" && !call.segment(3).empty()) return create_component(call);
  if (call.method == "DELETE" && !call.segment(3).empty()) return remove_component(call);
  return ApiReply::refused(errors::method_not_allowed(call.method));
}

ApiReply SetupApi::create_component(const ApiCall& call) {
  const auto document = json::parse(call.body);
  if (!document) return refused("JSON_PARSER_ERROR", document.error().message);
  const json::Value body = document->root();
  metadata::Component component{.type = std::string(call.segment(2))};
  component.full_name = body["FullName"].string_or("");
  const bool update = !call.segment(3).empty();
  if (update) {
    const std::shared_lock lock(org_.mutex);
    component.full_name = component_of(org_, component.type, call.segment(3)).full_name;
    if (component.full_name.empty()) return ApiReply::refused(errors::not_found());
  }
  if (component.full_name.empty())
    return refused("REQUIRED_FIELD_MISSING", "Required fields are missing: [FullName]");
  if (!body["Metadata"].is_object())
    return refused("REQUIRED_FIELD_MISSING", "Required fields are missing: [Metadata]");
  component.node = metadata::node_of_json("Metadata", body["Metadata"]);
  const ComponentResult saved = save(component);
  if (!saved.success())
    return refused(saved.code.empty() ? "FIELD_INTEGRITY_EXCEPTION" : saved.code, saved.problem);
  if (update) return ApiReply::none(204);
  if (!saved.created)
    return refused("DUPLICATE_DEVELOPER_NAME", fmt::format("There is already a {} named {}.",
                                                           component.type, component.full_name));
  ApiReply reply = ApiReply::json(
      201, fmt::format(R"({{"id":"{}","success":true,"errors":[],"warnings":[],"infos":[]}})",
                       saved.id));
  reply.endpoint = "/tooling/sobjects/{type}";
  return reply;
}

ApiReply SetupApi::remove_component(const ApiCall& call) {
  metadata::Component component;
  {
    const std::shared_lock lock(org_.mutex);
    component = component_of(org_, call.segment(2), call.segment(3));
  }
  if (component.full_name.empty()) return ApiReply::refused(errors::not_found());
  const ComponentResult removed = save(component);
  return removed.success() ? ApiReply::none(204) : refused(removed.code, removed.problem);
}

/// Queries over CustomField and CustomObject; others are about records and answered elsewhere.
std::optional<ApiReply> SetupApi::tooling_query(const ApiCall& call) {
  const auto query = soql::parse(call.parameter("q").value_or(""));
  if (!query || !ToolingView::has(query->from)) return std::nullopt;
  const std::shared_lock lock(org_.mutex);
  const ToolingView view(*org_.catalogue);
  const auto plan = soql::bind(*query, view, {.now_ms = org_.now_ms()});
  if (!plan) return refused(plan.error().code, plan.error().message);
  if (call.parameter("columns").value_or("") == "true")
    return ApiReply::json(200, column_metadata(org_, *plan, *query));
  std::string records;
  std::size_t size = 0;
  soql::RecordWriter writer(call.version);
  if (plan->shape == soql::Plan::Shape::groups) {
    for (const auto& group : groups_of(*plan)) {
      if (size++ != 0) records += ',';
      writer.append(records, plan->results, group);
    }
  } else {
    for (const soql::Row row : rows_of(*plan)) {
      if (plan->shape == soql::Plan::Shape::records) {
        if (size != 0) records += ',';
        writer.append(records, plan->projection, {plan->object, row});
      }
      ++size;
    }
  }
  ApiReply reply = ApiReply::json(
      200, fmt::format(R"({{"size":{0},"totalSize":{0},"done":true,"queryLocator":null,)"
                       R"("entityTypeName":"{1}","records":[{2}]}})",
                       size, plan->object->name(), records));
  reply.endpoint = "/tooling/query";
  return reply;
}

}  // namespace flit::sim::salesforce
