#include "sim/dataverse/solutions/flow_tables.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "sim/dataverse/facts/line.hpp"
#include "sim/dataverse/metadata_api/names.hpp"
#include "sim/dataverse/metadata_api/system_columns.hpp"
#include "sim/dataverse/security/privileges.hpp"

namespace flit::sim::dataverse {
namespace {

Column new_column(const Table& table, std::string schema_name, ColumnType type) {
  Column column;
  column.schema_name = std::move(schema_name);
  column.logical_name = facts::lower_ascii(column.schema_name);
  column.type = type;
  column.valid_for_create = column.valid_for_update = true;
  column.metadata_id = metadata_id_of("column", table.logical_name + "." + column.logical_name);
  return column;
}

void add_lookup(Catalogue& catalogue, Table& table, const std::string& schema_name,
                const std::string& target, const std::string& relationship) {
  const Table* parent = catalogue.table(target);
  if (parent == nullptr) return;
  Column column = new_column(table, schema_name, ColumnType::lookup);
  const std::string name = column.logical_name;
  column.targets = {target};
  column.navigation.push_back({name, {target}, relationship});
  table.add_column(std::move(column));
  OneToMany one;
  one.schema_name = one.collection = relationship;
  one.parent = target;
  one.parent_column = parent->primary_id;
  one.child = table.logical_name;
  one.child_column = one.child_navigation = name;
  catalogue.add(std::move(one));
}

void add_flow_columns(Catalogue& catalogue, Table& table) {
  Column name = new_column(table, "bpf_name", ColumnType::string);
  name.max_length = 200;
  name.is_primary_name = true;
  table.add_column(std::move(name));
  Column path = new_column(table, "TraversedPath", ColumnType::string);
  path.max_length = 1250;
  table.add_column(std::move(path));
  for (const char* instant : {"ActiveStageStartedOn", "CompletedOn"})
    table.add_column(new_column(table, instant, ColumnType::date_time));
  Column duration = new_column(table, "bpf_Duration", ColumnType::integer);
  duration.integer_maximum = INT32_MAX;
  duration.valid_for_create = duration.valid_for_update = false;
  table.add_column(std::move(duration));
  const std::string& own = table.logical_name;
  add_lookup(catalogue, table, "ActiveStageId", "processstage", "lk_" + own + "_activestageid");
  add_lookup(catalogue, table, "ProcessId", "workflow", "lk_" + own + "_processid");
  table.column("statuscode")->options->options = {{.value = 1, .label = "Active", .state = 0},
                                                  {.value = 2, .label = "Finished", .state = 1},
                                                  {.value = 3, .label = "Aborted", .state = 1}};
}

/// Custom tables get the columns that shipped ones have for flows.
void enable_flows(Table& table) {
  if (table.column("processid") == nullptr)
    table.add_column(new_column(table, "processid", ColumnType::unique_identifier));
  if (table.column("traversedpath") != nullptr) return;
  Column path = new_column(table, "traversedpath", ColumnType::string);
  path.max_length = 1250;
  table.add_column(std::move(path));
}

int next_code(const Catalogue& catalogue) {
  int next = 10'000;
  for (const Table& table : catalogue.tables()) next = std::max(next, table.object_type_code + 1);
  return next;
}

Table& make_table(Catalogue& catalogue, const FlowTable& flow, const std::string& name) {
  Table& table = catalogue.add_table(name, plural_of(name));
  table.schema_name = flow.unique_name;
  table.collection_name = table.entity_set;
  table.display_name = table.display_collection_name = flow.display_name;
  table.is_custom = table.is_process_flow = true;
  table.ownership = Ownership::organization;
  table.primary_id = "businessprocessflowinstanceid";
  table.primary_name = "bpf_name";
  table.object_type_code = next_code(catalogue);
  add_system_columns(catalogue, table);
  table.column(table.primary_id)->schema_name = "BusinessProcessFlowInstanceId";
  add_flow_columns(catalogue, table);
  return table;
}

}  // namespace

std::string flow_table_note(const FlowTable& flow) {
  json::Writer out;
  out.begin_object().member("unique", flow.unique_name).member("name", flow.display_name);
  out.key("tables").begin_array();
  for (const std::string& table : flow.tables) out.string(table);
  out.end_array().end_object();
  return out.take();
}

void ensure_flow_table(Organization& org, const FlowTable& flow) {
  Catalogue& catalogue = *org.catalogue;
  const std::string name = facts::lower_ascii(flow.unique_name);
  Table* table = catalogue.table(name);
  if (table != nullptr && !table->is_process_flow) return;
  const bool shipped = table != nullptr && !table->is_custom;
  if (table == nullptr) table = &make_table(catalogue, flow, name);
  for (const std::string& target : flow.tables) {
    Table* enabled = catalogue.table(target);
    if (enabled == nullptr || shipped) continue;
    const std::string column = fmt::format("bpf_{}id", target);
    if (table->column(column) == nullptr)
      add_lookup(catalogue, *table, column, target, fmt::format("bpf_{}_{}", target, name));
    enable_flows(*enabled);
  }
  settle_privileges(org);
  if (!shipped)
    org.metadata_requests.push_back(
        {std::string(flow_table_request), name, "", flow_table_note(flow)});
}

void restore_flow_table(Organization& org, std::string_view body) {
  const auto document = json::parse(body);
  if (!document) return;
  FlowTable flow{.unique_name = std::string(document->root()["unique"].string_or("")),
                 .display_name = std::string(document->root()["name"].string_or(""))};
  for (const json::Value table : document->root()["tables"].elements())
    flow.tables.emplace_back(table.string_or(""));
  ensure_flow_table(org, flow);
}

}  // namespace flit::sim::dataverse
