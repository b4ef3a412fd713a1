#include "sim/dataverse/rules/process_flows.hpp"

#include <algorithm>

#include "base/json_writer.hpp"
#include "sim/dataverse/rules/direct_row.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr int business_process_flow = 4;  // workflow.category
constexpr int activated = 1;              // workflow.statecode
constexpr std::string_view stage_mark = "\"stageId\":\"";
constexpr std::size_t id_length = 36;

/// The columns of `workflow` that every create in every table asks for.
struct WorkflowColumns {
  explicit WorkflowColumns(const Table& workflows)
      : category(workflows.column("category")->index),
        primary_entity(workflows.column("primaryentity")->index),
        unique_name(workflows.column("uniquename")->index),
        order(workflows.column("processorder")->index),
        client_data(workflows.column("clientdata")->index) {}

  std::uint16_t category, primary_entity, unique_name, order, client_data;
};

std::vector<Uuid> stages_in(std::string_view client_data) {
  std::vector<Uuid> stages;
  for (std::size_t at = client_data.find(stage_mark); at != std::string_view::npos;
       at = client_data.find(stage_mark, at + 1))
    if (const auto id = Uuid::parse(client_data.substr(at + stage_mark.size(), id_length)))
      stages.push_back(*id);
  return stages;
}

/// The lookup to the primary table: "opportunityid", "bpf_accountid".
const Column* record_column(const Table& instances, std::string_view primary) {
  for (const Column& column : instances.columns())
    if (!column.is_deleted && column.type == ColumnType::lookup && column.targets.size() == 1 &&
        column.targets.front() == primary)
      return &column;
  return nullptr;
}

std::optional<ProcessFlow> read_flow(const Organization& org, const WorkflowColumns& columns,
                                     const Row& row) {
  ProcessFlow flow{.id = row.head.id, .active = row.head.state == activated};
  flow.instances = org.catalogue->table(row.cell(columns.unique_name).text);
  flow.stages = stages_in(row.cell(columns.client_data).text);
  if (flow.instances == nullptr || flow.stages.empty()) return std::nullopt;
  flow.record = record_column(*flow.instances, row.cell(columns.primary_entity).text);
  if (flow.record == nullptr) return std::nullopt;
  return flow;
}

const Row* default_flow(const RecordTable& rows, const WorkflowColumns& columns, const Table& table,
                        const std::optional<Uuid>& chosen) {
  const Row* best = nullptr;
  const auto order_of = [&](const Row& row) {
    const Cell order = row.cell(columns.order);
    return order.has_value() ? order.number : INT64_MAX;
  };
  rows.each([&](const Row& row) {
    if (row.head.state != activated || row.cell(columns.category).number != business_process_flow ||
        row.cell(columns.primary_entity).text != table.logical_name)
      return true;
    if (chosen && row.head.id != *chosen) return true;
    if (best == nullptr || order_of(row) < order_of(*best)) best = &row;
    return true;
  });
  return best;
}

}  // namespace

std::optional<ProcessFlow> flow_of_instances(const Organization& org, const Table& instances) {
  const Table& workflows = org.table("workflow");
  const RecordTable* rows = org.store->find(workflows);
  if (rows == nullptr) return std::nullopt;
  const WorkflowColumns columns(workflows);
  std::optional<ProcessFlow> found;
  rows->each([&](const Row& row) {
    if (row.cell(columns.unique_name).text != instances.logical_name) return true;
    found = read_flow(org, columns, row);
    return !found;
  });
  return found;
}

void attach_default_flow(Work& work, const Table& table, const Row& row, const RowDraft& draft) {
  const Organization& org = work.org;
  if (!org.settings.auto_process_flow || table.is_process_flow) return;
  const Table& workflows = org.table("workflow");
  const RecordTable* rows = org.store->find(workflows);
  if (rows == nullptr || rows->size() == 0) return;
  std::optional<Uuid> chosen;
  if (const Column* process = table.column("processid"))
    if (const Cell* cell = draft.find(process->index); cell != nullptr && cell->has_value())
      chosen = cell->id;
  if (chosen && chosen->is_nil()) return;  // §12: suppressed
  const WorkflowColumns columns(workflows);
  const Row* definition = default_flow(*rows, columns, table, chosen);
  if (definition == nullptr) return;
  const auto flow = read_flow(org, columns, *definition);
  if (!flow) return;
  const std::string first = flow->stages.front().text();
  const std::string name(definition->cell(workflows.column("name")->index).text);
  const Uuid id = derived_id(row.head.id, flow->instances->index + 0xB0F00000ULL);
  put_direct(
      work, *flow->instances, id,
      {{flow->record->logical_name, Cell::lookup(table.index, row.head.id)},
       {"activestageid", Cell::lookup(org.table("processstage").index, flow->stages.front())},
       {"activestagestartedon", Cell::instant(org.now())},
       {flow->instances->primary_name, Cell::of_text(name)},
       {"processid", Cell::lookup(workflows.index, flow->id)},
       {"traversedpath", Cell::of_text(first)}});
}

bool goes_with_record(const Organization& org, const Table& child, std::string_view column) {
  if (!child.is_process_flow) return false;
  const auto flow = flow_of_instances(org, child);
  return flow && flow->record->logical_name == column;
}

std::string flow_client_data(const std::vector<FlowStage>& stages) {
  constexpr std::string_view model = ":#Microsoft.Crm.Workflow.ObjectModel";
  json::Writer out;
  out.begin_object().member("__class", "WorkflowStep" + std::string(model));
  out.key("steps").begin_object().key("list").begin_array();
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const FlowStage& stage = stages[i];
    out.begin_object().member("__class", "StageStep" + std::string(model));
    out.member("description", stage.name).member("stageId", stage.id.text());
    out.member("stageCategory", std::to_string(stage.category));
    out.key("nextStageId");
    if (i + 1 < stages.size())
      out.string(stages[i + 1].id.text());
    else
      out.null();
    out.member("entity", stage.table).end_object();
  }
  out.end_array().end_object().end_object();
  return out.take();
}

}  // namespace flit::sim::dataverse
