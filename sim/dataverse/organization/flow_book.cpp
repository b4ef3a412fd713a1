#include "sim/dataverse/organization/flow_book.hpp"

#include <algorithm>
#include <limits>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr int business_process_flow = 4;  // workflow.category
constexpr int activated = 1;              // workflow.statecode
constexpr std::string_view model = ":#Microsoft.Crm.Workflow.ObjectModel";

bool is_a(json::Value step, std::string_view name) {
  return step["__class"].string_or("").starts_with(std::string(name) + ":");
}

void begin_step(json::Writer& out, std::string_view name) {
  out.begin_object().member("__class", std::string(name) + std::string(model));
}

void begin_steps(json::Writer& out) {
  out.key("steps").begin_object().key("list").begin_array();
}

void end_steps(json::Writer& out) {
  out.end_array().end_object();
}

void write_required(json::Writer& out, const std::string& column) {
  begin_step(out, "StepStep");
  out.member("isProcessRequired", true);
  begin_steps(out);
  begin_step(out, "ControlStep");
  out.member("dataFieldName", column).end_object();
  end_steps(out);
  out.end_object();
}

void write_stage(json::Writer& out, const FlowStage& stage, const std::optional<Uuid>& next) {
  begin_step(out, "StageStep");
  out.member("description", stage.name).member("stageId", stage.id.text());
  out.member("stageCategory", std::to_string(stage.category));
  out.key("nextStageId");
  if (next)
    out.string(next->text());
  else
    out.null();
  out.member("entity", stage.table);
  begin_steps(out);
  for (const std::string& column : stage.required) write_required(out, column);
  for (const Uuid& target : stage.branches) {
    begin_step(out, "SetNextStageStep");
    out.member("parentStageId", stage.id.text()).member("nextStageId", target.text());
    out.end_object();
  }
  end_steps(out);
  out.end_object();
}

FlowStage read_stage(json::Value step) {
  FlowStage stage{.id = Uuid::parse(step["stageId"].string_or("")).value_or(Uuid{}),
                  .name = std::string(step["description"].string_or("")),
                  .table = std::string(step["entity"].string_or(""))};
  if (const auto next = Uuid::parse(step["nextStageId"].string_or(""))) stage.next = *next;
  for (const json::Value inner : step["steps"]["list"].elements()) {
    if (is_a(inner, "SetNextStageStep"))
      if (const auto target = Uuid::parse(inner["nextStageId"].string_or("")))
        stage.branches.push_back(*target);
    if (!inner["isProcessRequired"].as_boolean().value_or(false)) continue;
    for (const json::Value control : inner["steps"]["list"].elements())
      stage.required.emplace_back(control["dataFieldName"].string_or(""));
  }
  return stage;
}

std::vector<FlowStage> stages_in(std::string_view client_data) {
  std::vector<FlowStage> stages;
  const auto document = json::parse(client_data);
  if (!document) return stages;
  for (const json::Value step : document->root()["steps"]["list"].elements())
    if (is_a(step, "StageStep")) stages.push_back(read_stage(step));
  return stages;
}

void read_flow(const Catalogue& catalogue, const Table& workflows, const Row& row,
               ProcessFlows& flows) {
  const auto cell = [&](std::string_view name) { return row.cell(workflows.column(name)->index); };
  if (cell("category").number != business_process_flow) return;
  const Cell order = cell("processorder");
  ProcessFlow flow{
      .id = row.head.id,
      .name = std::string(cell("name").text),
      .active = row.head.state == activated,
      .order = order.has_value() ? order.number : std::numeric_limits<std::int64_t>::max(),
      .primary = std::string(cell("primaryentity").text),
      .instances = catalogue.table(cell("uniquename").text),
      .stages = stages_in(cell("clientdata").text)};
  if (flow.instances == nullptr || flow.stages.empty()) return;
  flow.record = record_column(*flow.instances, flow.primary);
  if (flow.record != nullptr) flows.push_back(std::move(flow));
}

}  // namespace

const FlowStage* ProcessFlow::stage(const Uuid& stage_id) const {
  for (const FlowStage& stage : stages)
    if (stage.id == stage_id) return &stage;
  return nullptr;
}

const Column* record_column(const Table& instances, std::string_view table) {
  for (const Column& column : instances.columns())
    if (!column.is_deleted && column.type == ColumnType::lookup && column.targets.size() == 1 &&
        column.targets.front() == table)
      return &column;
  return nullptr;
}

std::string flow_client_data(const std::vector<FlowStage>& stages) {
  const bool chained = std::none_of(stages.begin(), stages.end(),
                                    [](const FlowStage& stage) { return stage.next.has_value(); });
  json::Writer out;
  begin_step(out, "WorkflowStep");
  begin_steps(out);
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const bool follows = chained && i + 1 < stages.size();
    write_stage(out, stages[i], follows ? std::optional(stages[i + 1].id) : stages[i].next);
  }
  end_steps(out);
  out.end_object();
  return out.take();
}

std::shared_ptr<const ProcessFlows> FlowBook::read(const Catalogue& catalogue,
                                                   const RecordStore& store,
                                                   std::size_t definitions) const {
  const Table* workflows = catalogue.table("workflow");
  const RecordTable* rows = workflows == nullptr ? nullptr : store.find(*workflows);
  const std::array<std::uint64_t, 3> stamp{rows == nullptr ? 0 : rows->changes(), definitions,
                                           catalogue.tables().size()};
  return known_.with([&](Known& known) {
    if (known.flows != nullptr && known.stamp == stamp) return known.flows;
    ProcessFlows flows;
    if (rows != nullptr)
      rows->each([&](const Row& row) {
        read_flow(catalogue, *workflows, row, flows);
        return true;
      });
    known = {.stamp = stamp, .flows = std::make_shared<const ProcessFlows>(std::move(flows))};
    return known.flows;
  });
}

void FlowBook::clear() {
  known_.with([](Known& known) { known = {}; });
}

}  // namespace flit::sim::dataverse
