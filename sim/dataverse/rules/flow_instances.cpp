// Rows of the instance tables of business process flows (fact sheet §12): the active stage, the
// path so far, finishing. Where the sheet has only a code, the text is the code's own name in
// words.

#include <algorithm>

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/process_flows.hpp"
#include "sim/dataverse/rules/rule_set.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr int finished = 2;  // statuscode; 3 is aborted

Refusal stage_unknown() {
  return errors::other(400, 0x80060450, "The stage ID is not present in the business process.");
}

Refusal path_mismatch() {
  return errors::other(400, 0x80060455,
                       "The active stage ID does not match the last stage in the traversed path.");
}

Answer<std::vector<Uuid>> read_path(const ProcessFlow& flow, std::string_view text) {
  std::vector<Uuid> path;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const auto stage = Uuid::parse(text.substr(0, comma));
    if (!stage) return refuse(errors::other(400, 0x80060458, "The stage ID is not valid."));
    if (flow.stage(*stage) == nullptr) return refuse(stage_unknown());
    path.push_back(*stage);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return path;
}

std::string path_text(const std::vector<Uuid>& path) {
  std::string text;
  for (const Uuid& stage : path) text += (text.empty() ? "" : ",") + stage.text();
  return text;
}

/// First and last of the path: 0x80060456, 0x80060455.
Answer<void> check_path(const ProcessFlow& flow, const std::vector<Uuid>& path,
                        const Uuid& active) {
  if (path.empty() || path.back() != active) return refuse(path_mismatch());
  if (path.front() != flow.stages.front().id)
    return refuse(errors::other(400, 0x80060456,
                                "The first stage ID in the traversed path does not match the first "
                                "stage ID in the business process."));
  return {};
}

/// The row that takes part for a stage: as the draft says, else as the instance has it.
Cell participant(const Table& table, std::string_view stage_table, const Row* row,
                 const RowDraft& draft) {
  const Column* column = record_column(table, stage_table);
  if (column == nullptr) return {};
  if (const Cell* sent = draft.find(column->index)) return *sent;
  return row == nullptr ? Cell{} : row->cell(column->index);
}

/// A stage of another table needs a row of that table (text [C]).
Answer<void> check_participant(const Table& table, const FlowStage& stage, const Row* row,
                               const RowDraft& draft) {
  if (participant(table, stage.table, row, draft).has_value()) return {};
  return refuse(
      errors::other(400, 0x80040216,
                    "Participating entity record of stage: " + stage.id.text() + " is not valid"));
}

/// 0x8006041a: the stage that is left has steps that its row has not completed.
Answer<void> check_required_steps(const Work& work, const Table& table, const FlowStage& stage,
                                  const Row& instance, const RowDraft& draft) {
  const Cell cell = participant(table, stage.table, &instance, draft);
  if (!cell.has_value()) return {};
  const Table& records = work.catalogue().table_at(cell.table);
  const Row* record = work.store().row(records, cell.id);
  for (const std::string& name : stage.required) {
    const Column* column = records.column(name);
    if (record == nullptr || column == nullptr || column->role != Role::stored) continue;
    if (!record->cell(column->index).has_value() && !column->default_value)
      return refuse(errors::other(400, 0x8006041a,
                                  "To move to the next stage, complete the required steps."));
  }
  return {};
}

/// The stage that the draft makes active; none when it does not say.
Answer<std::optional<Uuid>> wanted_stage(const Table& table, const ProcessFlow& flow,
                                         const RowDraft& draft) {
  const Cell* cell = draft.find(table.column("activestageid")->index);
  if (cell == nullptr) return std::optional<Uuid>();
  if (!cell->has_value())
    return refuse(errors::other(400, 0x80060449, "The active stage ID is null."));
  if (flow.stage(cell->id) == nullptr) return refuse(stage_unknown());
  return std::optional(cell->id);
}

void enter_stage(const Work& work, const Table& table, RowDraft& draft, const Uuid& stage,
                 const std::vector<Uuid>& path) {
  draft.set(table.column("activestageid")->index,
            Cell::lookup(work.org.table("processstage").index, stage));
  draft.set(table.column("traversedpath")->index, Cell::of_text(draft.arena.keep(path_text(path))));
  const Column* started = table.column("activestagestartedon");
  if (started != nullptr && draft.find(started->index) == nullptr)
    draft.set(started->index, Cell::instant(work.org.now()));
}

Answer<void> instance_before_create(Work& work, const Table& table, RowDraft& draft) {
  const auto flow = flow_of_instances(work.org, table);
  if (!flow) return {};
  if (!flow->active)
    return refuse(errors::other(400, 0x80060470, "The business process flow is not activated."));
  const Cell* record = draft.find(flow->record->index);
  if (record == nullptr || !record->has_value())
    return refuse(
        errors::other(400, 0x80060453, "The primary participating entity is not present."));
  const Cell* process = draft.find(table.column("processid")->index);
  if (process != nullptr && process->has_value() && process->id != flow->id)
    return refuse(errors::other(400, 0x80060460,
                                "The process ID does not match the business process definition."));
  FLIT_TRY(wanted, wanted_stage(table, *flow, draft));
  const Uuid first = flow->stages.front().id;
  const Uuid stage = wanted.value_or(first);
  FLIT_TRY_VOID(check_participant(table, *flow->stage(stage), nullptr, draft));
  const Cell* sent = draft.find(table.column("traversedpath")->index);
  std::vector<Uuid> path;
  if (sent != nullptr && sent->has_value()) {
    FLIT_TRY(read, read_path(*flow, sent->text));
    path = std::move(read);
  } else if (stage == first) {
    path = {stage};  // only the first stage needs no path
  }
  FLIT_TRY_VOID(check_path(*flow, path, stage));
  draft.set(table.column("processid")->index,
            Cell::lookup(work.org.table("workflow").index, flow->id));
  enter_stage(work, table, draft, stage, path);
  return {};
}

bool leads(const FlowStage& from, const Uuid& to) {
  return from.next == to ||
         std::find(from.branches.begin(), from.branches.end(), to) != from.branches.end();
}

/// A running instance, and what is written to it.
struct Instance {
  const Table& table;
  const ProcessFlow& flow;
  const Row& row;
  const RowDraft& draft;
};

/// Back to where the path came from, or forward to where the stage leads: whether the condition of
/// a branch holds is for the client to judge [C]. Forward the path grows, back it is cut.
Answer<std::vector<Uuid>> moved_path(const Work& work, const Instance& instance, const Uuid& to,
                                     std::vector<Uuid> path) {
  const auto& [table, flow, row, draft] = instance;
  const Uuid from = row.cell(table.column("activestageid")->index).id;
  if (to == from) return path;
  FLIT_TRY_VOID(check_participant(table, *flow.stage(to), &row, draft));
  if (path.size() > 1 && path[path.size() - 2] == to) {
    path.pop_back();
    return path;
  }
  const FlowStage* left = flow.stage(from);
  if (left == nullptr || !leads(*left, to))
    return refuse(errors::other(
        400, 0x80060452, "The stage is not valid: only the next or previous stage can be set."));
  FLIT_TRY_VOID(check_required_steps(work, table, *left, row, draft));
  path.push_back(to);
  return path;
}

Answer<void> check_finish(const ProcessFlow& flow, const RowDraft& draft, const Uuid& active) {
  const bool finishes = draft.state == 1 && draft.status.value_or(finished) == finished;
  const FlowStage* stage = flow.stage(active);
  if (!finishes || stage == nullptr || (!stage->next && stage->branches.empty())) return {};
  return refuse(errors::other(
      400, 0x80060452, "The stage is not valid: a process is finished in its last stage only."));
}

Answer<void> instance_before_update(Work& work, const Table& table, const Row& row,
                                    RowDraft& draft) {
  const auto flow = flow_of_instances(work.org, table);
  if (!flow) return {};
  FLIT_TRY(wanted, wanted_stage(table, *flow, draft));
  const Uuid before = row.cell(table.column("activestageid")->index).id;
  const std::uint16_t path_column = table.column("traversedpath")->index;
  const Cell* sent = draft.find(path_column);
  if (wanted || sent != nullptr) {
    const Uuid active = wanted.value_or(before);
    FLIT_TRY(old_path, read_path(*flow, row.cell(path_column).text));
    FLIT_TRY(path, moved_path(work, {table, *flow, row, draft}, active, std::move(old_path)));
    if (sent != nullptr) {
      FLIT_TRY(read, read_path(*flow, sent->text));
      path = std::move(read);
    }
    FLIT_TRY_VOID(check_path(*flow, path, active));
    enter_stage(work, table, draft, active, path);
  }
  FLIT_TRY_VOID(check_finish(*flow, draft, wanted.value_or(before)));
  const Column* completed = table.column("completedon");
  if (draft.state && completed != nullptr && draft.find(completed->index) == nullptr)
    draft.set(completed->index, *draft.state == 1 ? Cell::instant(work.org.now()) : Cell::null());
  return {};
}

}  // namespace

const RuleSet flow_instance_rules{.before_create = instance_before_create,
                                  .before_update = instance_before_update};

}  // namespace flit::sim::dataverse
