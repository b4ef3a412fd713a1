#include "sim/salesforce/rules/business_rules.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "sim/salesforce/schema/cell_text.hpp"
#include "sim/salesforce/values/read_value.hpp"

namespace flit::sim::salesforce {
namespace {

using Kind = RuleCondition::Kind;

Error setup(std::string message) {
  return Error{.fault = Fault::setup, .message = std::move(message)};
}

Result<RuleCondition> read_condition(json::Value value);

Result<std::vector<RuleCondition>> read_parts(json::Value list) {
  std::vector<RuleCondition> parts;
  for (const json::Value each : list.elements()) {
    FLIT_TRY(part, read_condition(each));
    parts.push_back(std::move(part));
  }
  return parts;
}

Result<RuleCondition> read_condition(json::Value value) {
  RuleCondition condition;
  for (const auto& [name, kind] : {std::pair{"all", Kind::all}, std::pair{"any", Kind::any}}) {
    if (!value[name].is_array()) continue;
    condition.kind = kind;
    FLIT_TRY(parts, read_parts(value[name]));
    condition.parts = std::move(parts);
    return condition;
  }
  if (value["not"].is_object()) {
    condition.kind = Kind::none;
    FLIT_TRY(part, read_condition(value["not"]));
    condition.parts.push_back(std::move(part));
    return condition;
  }
  static const std::map<std::string_view, Kind> names = {
      {"null", Kind::is_null},          {"not_null", Kind::not_null}, {"equals", Kind::equals},
      {"not_equals", Kind::not_equals}, {"less", Kind::less},         {"greater", Kind::greater},
      {"matches", Kind::matches}};
  const auto kind = names.find(value["is"].string_or(""));
  if (kind == names.end() || !value["field"].is_string())
    return setup("a condition has \"field\" and \"is\", or \"all\", \"any\", \"not\"");
  condition.kind = kind->second;
  condition.field = std::string(value["field"].string_or(""));
  condition.value = value["value"].is_string() ? std::string(value["value"].string_or(""))
                    : value["value"].exists()  ? value["value"].dump()
                                               : "";
  return condition;
}

bool holds(const RuleCondition& condition, const Draft& draft) {
  const auto part_holds = [&](const RuleCondition& part) { return holds(part, draft); };
  const auto& parts = condition.parts;
  if (condition.kind == Kind::all) return std::all_of(parts.begin(), parts.end(), part_holds);
  if (condition.kind == Kind::any) return std::any_of(parts.begin(), parts.end(), part_holds);
  if (condition.kind == Kind::none) return std::none_of(parts.begin(), parts.end(), part_holds);
  const Field* field = draft.object().find(condition.field);
  if (field == nullptr) return false;
  const Cell cell = draft.value(*field);
  if (condition.kind == Kind::is_null) return cell.is_null();
  if (condition.kind == Kind::not_null) return !cell.is_null();
  if (condition.kind == Kind::matches)
    return text_of(cell).find(condition.value) != std::string::npos;
  Scratch scratch;
  const auto other = read_text(*field, condition.value, scratch);
  if (!other || cell.is_null() || cell.kind != other->kind)
    return condition.kind == Kind::not_equals;
  const int order = compare(cell, *other);
  if (condition.kind == Kind::equals) return order == 0;
  if (condition.kind == Kind::not_equals) return order != 0;
  return condition.kind == Kind::less ? order < 0 : order > 0;
}

/// The live records that agree with the draft in all fields of the rule.
std::vector<RecordId> matches(const Work& work, const Draft& draft, const DuplicateRule& rule,
                              RecordId self) {
  std::vector<RecordId> found;
  const Object& object = draft.object();
  const Field* first = rule.match.empty() ? nullptr : object.find(rule.match.front());
  if (first == nullptr) return found;
  work.org.store->table(object).each_with(*first, draft.value(*first), [&](const Row& row) {
    const bool same =
        std::all_of(rule.match.begin(), rule.match.end(), [&](const std::string& name) {
          const Field* field = object.find(name);
          return field != nullptr && !draft.value(*field).is_null() &&
                 same_key(*field, row.cell(*field), draft.value(*field));
        });
    if (same && row.is_live() && row.head.id != self) found.push_back(row.head.id);
    return true;
  });
  return found;
}

/// The misspelt member that a single create adds (§2.9).
std::string duplicate_result(const DuplicateRule& rule, const Object& object,
                             const std::vector<RecordId>& found) {
  json::Writer out;
  out.begin_object().member("allowSave", !rule.blocks).member("duplicateRule", rule.name);
  out.member("duplicateRuleEntityType", object.name).member("errorMessage", rule.message);
  out.key("matchResults").begin_array().begin_object().member("entityType", object.name);
  out.key("errors").begin_array().end_array().member("matchEngine", "ExactMatchEngine");
  out.key("matchRecords").begin_array();
  for (const RecordId id : found) {
    out.begin_object().key("additionalInformation").begin_array().end_array();
    out.key("fieldDiffs").begin_array().end_array().member("matchConfidence", 100);
    out.key("record").begin_object().key("attributes").begin_object().member("type", object.name);
    out.end_object().member("Id", id.text()).end_object().end_object();
  }
  out.end_array().member("rule", rule.name).member("size", found.size()).member("success", true);
  out.end_object().end_array().end_object();
  return "\"duplicateResut\":" + out.take();
}

}  // namespace

Result<BusinessRules> BusinessRules::read(json::Value root) {
  BusinessRules rules;
  for (const json::Value each : root["validation_rules"].elements()) {
    ValidationRule rule{.object = std::string(each["object"].string_or("")),
                        .message = std::string(each["message"].string_or("")),
                        .field = std::string(each["field"].string_or(""))};
    if (rule.object.empty() || rule.message.empty())
      return setup("a validation rule has \"object\", \"message\" and \"when\"");
    FLIT_TRY(when, read_condition(each["when"]));
    rule.when = std::move(when);
    rules.validation.push_back(std::move(rule));
  }
  for (const json::Value each : root["duplicate_rules"].elements()) {
    DuplicateRule rule{.object = std::string(each["object"].string_or("")),
                       .name = std::string(each["name"].string_or("Duplicate_Rule")),
                       .blocks = each["action"].string_or("alert") == "block"};
    for (const json::Value field : each["match"].elements())
      rule.match.emplace_back(field.string_or(""));
    if (each["message"].is_string()) rule.message = std::string(each["message"].string_or(""));
    if (rule.object.empty() || rule.match.empty())
      return setup("a duplicate rule has \"object\" and \"match\", a list of fields");
    rules.duplicates.push_back(std::move(rule));
  }
  return rules;
}

Answer<void> apply_business_rules(const Work& work, const Draft& draft, RecordId self) {
  const BusinessRules& rules = work.org.rules();
  for (const ValidationRule& rule : rules.validation) {
    if (!text::equals_ascii_fold(rule.object, draft.object().name) || !holds(rule.when, draft))
      continue;
    std::vector<std::string> fields;
    if (!rule.field.empty()) fields.push_back(rule.field);
    return refuse("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, std::move(fields));
  }
  for (const DuplicateRule& rule : rules.duplicates) {
    if (!text::equals_ascii_fold(rule.object, draft.object().name)) continue;
    if (!rule.blocks && work.options.allow_duplicates) continue;
    const std::vector<RecordId> found = matches(work, draft, rule, self);
    if (found.empty()) continue;
    return refuse(Refusal{.code = "DUPLICATES_DETECTED",
                          .message = rule.message,
                          .more = duplicate_result(rule, draft.object(), found)});
  }
  return {};
}

}  // namespace flit::sim::salesforce
