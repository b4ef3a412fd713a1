#include "sim/dataverse/organization/flow_book.hpp"

#include <limits>

namespace flit::sim::dataverse {
namespace {

constexpr int business_process_flow = 4;  // workflow.category
constexpr int activated = 1;              // workflow.statecode
constexpr std::string_view stage_mark = "\"stageId\":\"";

std::vector<Uuid> stages_in(std::string_view client_data) {
  std::vector<Uuid> stages;
  for (std::size_t at = client_data.find(stage_mark); at != std::string_view::npos;
       at = client_data.find(stage_mark, at + 1))
    if (const auto id = Uuid::parse(client_data.substr(at + stage_mark.size(), Uuid::text_length)))
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
