// Definitions of business process flows (fact sheet §12): what a workflow of category 4 must say,
// its stages from the XAML, its instance table with the first activation. Other categories are
// ordinary rows.

#include <algorithm>

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/errors/from_error.hpp"
#include "sim/dataverse/rules/direct_row.hpp"
#include "sim/dataverse/rules/process_flows.hpp"
#include "sim/dataverse/rules/rule_set.hpp"
#include "sim/dataverse/solutions/flow_tables.hpp"
#include "sim/dataverse/solutions/flow_xaml.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr int business_process_flow = 4;

std::int64_t number_of(const RowDraft& draft, const Table& table, std::string_view column) {
  const Cell* cell = draft.find(table.column(column)->index);
  return cell != nullptr && cell->has_value() ? cell->number : -1;
}

std::string_view text_of(const RowDraft& draft, const Table& table, std::string_view column) {
  const Cell* cell = draft.find(table.column(column)->index);
  return cell == nullptr ? std::string_view{} : cell->text;
}

/// Codes 0x80060401 to 0x80060404 and 0x80060418, with the platform's texts.
Answer<void> check_definition(const Table& table, const RowDraft& draft) {
  const auto missing = [](std::uint32_t code, std::string_view what) {
    return refuse(errors::other(
        400, code, std::string(what) + " while creating business process flow category"));
  };
  if (text_of(draft, table, "primaryentity").empty())
    return missing(0x80060401, "Primary Entity cannot be NULL");
  if (number_of(draft, table, "type") != 1)
    return missing(0x80060402, "Type should be set to Definition");
  if (number_of(draft, table, "scope") != 4)
    return missing(0x80060403, "Scope should be set to Global");
  if (text_of(draft, table, "name").empty())
    return refuse(
        errors::other(400, 0x80060418, "The business process flow name is NULL or empty."));
  if (text_of(draft, table, "uniquename").empty())
    return refuse(errors::required_field_missing(table.logical_name, "uniquename"));
  return {};
}

Answer<std::vector<FlowStage>> stages_of(std::string_view xaml) {
  auto stages = read_flow_stages(xaml);
  if (!stages) return refuse(refusal_of(stages.error()));
  return std::move(*stages);
}

void put_stages(Work& work, const Table& workflows, const Uuid& flow,
                const std::vector<FlowStage>& stages) {
  const Table& table = work.org.table("processstage");
  for (const FlowStage& stage : stages)
    put_direct(
        work, table, stage.id,
        {{"stagename", Cell::of_text(stage.name)},
         {"stagecategory", stage.category < 0 ? Cell::null() : Cell::integer(stage.category)},
         {"primaryentitytypecode", Cell::of_text(stage.table)},
         {"processid", Cell::lookup(workflows.index, flow)}});
}

/// The stages in the draft's XAML go into clientdata; their rows are written by after_….
Answer<void> take_xaml(const Table& table, RowDraft& draft) {
  FLIT_TRY(stages, stages_of(text_of(draft, table, "xaml")));
  draft.set(table.column("clientdata")->index,
            Cell::of_text(draft.arena.keep(flow_client_data(stages))));
  return {};
}

void activate(Work& work, const Table& table, const Row& row,
              const std::vector<FlowStage>& stages) {
  FlowTable flow{.unique_name = std::string(row.cell(table.column("uniquename")->index).text),
                 .display_name = std::string(row.cell(table.column("name")->index).text),
                 .tables = {std::string(row.cell(table.column("primaryentity")->index).text)}};
  for (const FlowStage& stage : stages)
    if (std::find(flow.tables.begin(), flow.tables.end(), stage.table) == flow.tables.end())
      flow.tables.push_back(stage.table);
  ensure_flow_table(work.org, flow);
}

bool is_flow(const Table& table, const Row& row) {
  return row.cell(table.column("category")->index).number == business_process_flow;
}

Answer<void> workflow_before_create(Work& work, const Table& table, RowDraft& draft) {
  if (number_of(draft, table, "category") != business_process_flow) return {};
  FLIT_TRY_VOID(check_definition(table, draft));
  const std::string_view primary = text_of(draft, table, "primaryentity");
  if (work.catalogue().table(primary) == nullptr)
    return refuse(errors::other(400, 0x80041102,
                                "The entity with a name = '" + std::string(primary) +
                                    "' was not found in the MetadataCache."));
  return take_xaml(table, draft);
}

Answer<void> workflow_after_create(Work& work, const Table& table, const Row& row, RowDraft&) {
  if (!is_flow(table, row)) return {};
  FLIT_TRY(stages, stages_of(row.cell(table.column("xaml")->index).text));
  put_stages(work, table, row.head.id, stages);
  return {};
}

Answer<void> workflow_before_update(Work&, const Table& table, const Row& row, RowDraft& draft) {
  if (!is_flow(table, row) || draft.find(table.column("xaml")->index) == nullptr) return {};
  return take_xaml(table, draft);
}

Answer<void> workflow_after_update(Work& work, const Table& table, const Row& before,
                                   const Row& after) {
  const std::string_view xaml = after.cell(table.column("xaml")->index).text;
  if (!is_flow(table, after) || xaml.empty()) return {};  // shipped flows have no XAML here
  const bool changed = before.cell(table.column("xaml")->index).text != xaml;
  const bool activated = after.head.state == 1 && before.head.state != 1;
  if (!changed && !activated) return {};
  FLIT_TRY(stages, stages_of(xaml));
  if (changed) put_stages(work, table, after.head.id, stages);
  if (after.head.state == 1) activate(work, table, after, stages);
  return {};
}

Answer<void> workflow_before_delete(Work&, const Table& table, const Row& row) {
  if (!is_flow(table, row) || row.head.state != 1) return {};
  return refuse(errors::other(400, 0x8004500f, "Cannot delete an active workflow definition."));
}

}  // namespace

const RuleSet workflow_rules{.before_create = workflow_before_create,
                             .after_create = workflow_after_create,
                             .before_update = workflow_before_update,
                             .after_update = workflow_after_update,
                             .before_delete = workflow_before_delete};

}  // namespace flit::sim::dataverse
