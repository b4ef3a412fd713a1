#include "sim/dataverse/rules/process_flows.hpp"

#include "sim/dataverse/rules/direct_row.hpp"

namespace flit::sim::dataverse {
namespace {

const ProcessFlow* default_flow(const ProcessFlows& flows, const Table& table,
                                const std::optional<Uuid>& chosen) {
  const ProcessFlow* best = nullptr;
  for (const ProcessFlow& flow : flows) {
    if (!flow.active || flow.primary != table.logical_name) continue;
    if (chosen && flow.id != *chosen) continue;
    if (best == nullptr || flow.order < best->order) best = &flow;
  }
  return best;
}

/// The process that a create asks for; the nil id suppresses the default one (§12).
std::optional<Uuid> chosen_process(const Table& table, const RowDraft& draft) {
  const Column* process = table.column("processid");
  const Cell* cell = process == nullptr ? nullptr : draft.find(process->index);
  if (cell == nullptr || !cell->has_value()) return std::nullopt;
  return cell->id;
}

std::shared_ptr<const ProcessFlows> flows_of(const Organization& org) {
  return org.flows.read(*org.catalogue, *org.store, org.metadata_requests.size());
}

}  // namespace

std::optional<ProcessFlow> flow_of_instances(const Organization& org, const Table& instances) {
  for (const ProcessFlow& flow : *flows_of(org))
    if (flow.instances == &instances) return flow;
  return std::nullopt;
}

void attach_default_flow(Work& work, const Table& table, const Row& row, const RowDraft& draft) {
  const Organization& org = work.org;
  if (!org.settings.auto_process_flow || table.is_process_flow) return;
  const auto flows = flows_of(org);
  if (default_flow(*flows, table, {}) == nullptr) return;  // the usual case pays nothing more
  const std::optional<Uuid> chosen = chosen_process(table, draft);
  if (chosen && chosen->is_nil()) return;
  const ProcessFlow* flow = default_flow(*flows, table, chosen);
  if (flow == nullptr) return;
  const std::string first = flow->stages.front().id.text();
  const Uuid id = derived_id(row.head.id, flow->instances->index + 0xB0F00000ULL);
  put_direct(
      work, *flow->instances, id,
      {{flow->record->logical_name, Cell::lookup(table.index, row.head.id)},
       {"activestageid", Cell::lookup(org.table("processstage").index, flow->stages.front().id)},
       {"activestagestartedon", Cell::instant(org.now())},
       {flow->instances->primary_name, Cell::of_text(flow->name)},
       {"processid", Cell::lookup(org.table("workflow").index, flow->id)},
       {"traversedpath", Cell::of_text(first)}});
}

bool goes_with_record(const Organization& org, const Table& child, std::string_view column) {
  if (!child.is_process_flow) return false;
  const auto flow = flow_of_instances(org, child);
  return flow && flow->record->logical_name == column;
}

}  // namespace flit::sim::dataverse
