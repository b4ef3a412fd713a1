#include "sim/salesforce/query/query_plan.hpp"

#include <algorithm>
#include <set>

#include "base/json_writer.hpp"

namespace flit::sim::salesforce {
namespace {

using soql::Condition;

/// The fields that the filter names, in order.
void collect_fields(const Condition& condition, std::set<std::string>& fields) {
  for (const Condition& child : condition.children) collect_fields(child, fields);
  if (condition.children.empty() && !condition.path.leaf.empty())
    fields.insert(condition.path.text());
}

void write_list(json::Writer& out, std::string_view key, const std::set<std::string>& texts) {
  out.key(key).begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

}  // namespace

std::string explained(const Organization& org, const soql::Plan& plan, std::string_view query) {
  const Object* object = org.catalogue->find(plan.object->name());
  const RecordTable* table = object == nullptr ? nullptr : org.store->find_table(*object);
  const std::size_t all = table == nullptr ? 0 : table->live();
  std::set<std::string> fields;
  if (plan.where) collect_fields(*plan.where, fields);
  const auto found =
      plan.where ? candidates(*plan.where, *plan.object, plan.deleted) : std::nullopt;
  const std::size_t rows = found ? found->size() : all;
  const double share =
      static_cast<double>(rows) / static_cast<double>(std::max<std::size_t>(all, 1));
  json::Writer out;
  out.begin_object().key("plans").begin_array().begin_object().member("cardinality", rows);
  write_list(out, "fields", found ? fields : std::set<std::string>());
  out.member("leadingOperationType", found ? "Index" : "TableScan").key("notes").begin_array();
  if (!found && !fields.empty()) {
    out.begin_object().member("description",
                              "Not considering filter for optimization because unindexed");
    write_list(out, "fields", fields);
    out.member("tableEnumOrId", plan.object->name()).end_object();
  }
  out.end_array().member("relativeCost", share).member("sobjectCardinality", all);
  out.member("sobjectType", plan.object->name()).end_object().end_array();
  out.member("sourceQuery", query).end_object();
  return out.take();
}

}  // namespace flit::sim::salesforce
