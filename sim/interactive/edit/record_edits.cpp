#include "sim/interactive/edit/record_edits.hpp"

#include <algorithm>

namespace flit::sim::interactive {

namespace {

Error wrong(std::string message) {
  return Error{.fault = Fault::permanent, .message = std::move(message), .where = "edit"};
}

bool is_engagement(std::string_view object) {
  return std::find(std::begin(engagement_objects), std::end(engagement_objects), object) !=
         std::end(engagement_objects);
}

class RecordEdit {
 public:
  RecordEdit(const Editing& editing, RecordTable& table, json::Value edit, Undo& undo)
      : editing_(editing), table_(table), edit_(edit), undo_(undo) {}

  Result<std::string> create() {
    Draft draft(table_.schema());
    draft.id = 1;
    if (!table_.rows().empty()) draft.id = table_.rows().back().id + 1;
    for (const std::uint64_t purged : editing_.data.purged[object()])
      draft.id = std::max(draft.id, purged + 1);
    draft.created_ms = draft.updated_ms = editing_.now_ms;
    draft.created_by = draft.updated_by = person();
    FLIT_TRY_VOID(set_values(draft));
    editing_.visibility.before_change(table_, draft.id, std::nullopt, editing_.now_ms);
    table_.append(draft);
    undo_.add([&table = table_, id = draft.id] { table.erase(id); });
    note_stage(draft, "");
    return done(draft.id);
  }

  Result<std::string> update() {
    FLIT_TRY(row, existing(false));
    Draft draft = table_.draft(row);
    const std::string old_stage = unquoted(draft.find("stage_id"));
    FLIT_TRY_VOID(set_values(draft));
    draft.updated_ms = editing_.now_ms;
    draft.updated_by = person();
    put(row, draft);
    note_stage(draft, old_stage);
    return done(draft.id);
  }

  Result<std::string> archive() {
    FLIT_TRY(row, existing(false));
    Draft draft = table_.draft(row);
    draft.archived_ms = editing_.now_ms;
    put(row, draft);
    return done(draft.id);
  }

  Result<std::string> restore() {
    FLIT_TRY(row, existing(true));
    Draft draft = table_.draft(row);
    draft.archived_ms = 0;
    draft.updated_ms = editing_.now_ms;
    draft.system.merged_into.clear();
    put(row, draft);
    return done(draft.id);
  }

  Result<std::string> purge() {
    const auto id = parse_id(edit_["id"].string_or(""));
    const Row* const row = id ? table_.find(*id) : nullptr;
    if (row == nullptr) return wrong("there is no such record");
    const Draft old = table_.draft(*row);
    table_.erase(*id);
    auto& purged = editing_.data.purged[object()];
    purged.push_back(*id);
    undo_.add([this_table = &table_, old, &purged] {
      purged.pop_back();
      this_table->insert(old);
    });
    return done(*id);
  }

  Result<std::string> merge() {
    const auto winner_id = parse_id(edit_["winner"].string_or(""));
    const auto loser_id = parse_id(edit_["loser"].string_or(""));
    const Row* const winner_row = winner_id ? table_.find(*winner_id) : nullptr;
    const Row* const loser_row = loser_id ? table_.find(*loser_id) : nullptr;
    if (winner_row == nullptr || loser_row == nullptr || winner_row == loser_row ||
        winner_row->is_archived() || loser_row->is_archived())
      return wrong("merge needs a 'winner' and a 'loser' that are two live records");
    Draft winner = table_.draft(*winner_row);
    Draft loser = table_.draft(*loser_row);
    winner.updated_ms = editing_.now_ms;
    std::string& ids = winner.system.merged_ids;
    if (ids.empty())
      ids = "[\"" + std::to_string(*loser_id) + "\"]";
    else
      ids.insert(ids.size() - 1, ",\"" + std::to_string(*loser_id) + '"');
    loser.archived_ms = editing_.now_ms;
    loser.system.merged_into = '"' + std::to_string(*winner_id) + '"';
    put(*winner_row, winner);
    put(*loser_row, loser);
    move_edges(*loser_id, *winner_id);
    return done(*winner_id);
  }

 private:
  const std::string& object() const { return table_.schema().name; }

  std::string person() const {
    const std::string_view as = edit_["as"].string_or("");
    for (const Owner& owner : editing_.data.owners)
      if (!as.empty() && owner.email == as && !owner.user_id.empty()) return owner.user_id;
    return editing_.data.account.user_id;
  }

  Result<Row> existing(bool archived) const {
    const auto id = parse_id(edit_["id"].string_or(""));
    const Row* const row = id ? table_.find(*id) : nullptr;
    if (row == nullptr || row->is_archived() != archived)
      return wrong(archived ? "there is no such archived record" : "there is no such live record");
    return *row;
  }

  void put(const Row& row, const Draft& draft) {
    const Draft old = table_.draft(row);
    editing_.visibility.before_change(table_, row.id, row, editing_.now_ms);
    table_.replace(draft);
    undo_.add([&table = table_, old] { table.replace(old); });
  }

  Result<void> set_values(Draft& draft) const {
    for (const json::Member member : edit_["values"].members()) {
      const auto index = table_.schema().index_of(member.key);
      if (!index) return wrong(object() + " has no property " + std::string(member.key));
      if (table_.schema().properties()[*index].calculated)
        return wrong(std::string(member.key) + " is calculated");
      draft.json(member.key, member.value.dump());
    }
    if (edit_["tags"].is_array()) draft.system.tags = edit_["tags"].dump();
    if (edit_["participants"].is_array()) draft.system.participants = edit_["participants"].dump();
    const std::string lifecycle =
        object() == "contacts" ? unquoted(draft.find("lifecycle_stage")) : std::string();
    if ((lifecycle == "customer" || lifecycle == "active") &&
        draft.find("became_customer_at").empty())
      draft.instant("became_customer_at", editing_.now_ms);
    return {};
  }

  /// A deal that enters another stage leaves an entry, and closes the one before.
  void note_stage(const Draft& draft, const std::string& old_stage) {
    if (object() != "deals") return;
    const std::string stage = unquoted(draft.find("stage_id"));
    const auto stage_id = parse_id(stage);
    if (stage == old_stage || !stage_id) return;
    auto& history = editing_.data.history;
    Dataset& data = editing_.data;
    undo_.add([&data, old = history] {
      data.history = old;
      data.index_history();
    });
    for (StageEntry& entry : history)
      if (entry.deal_id == draft.id && entry.exited_ms == 0) entry.exited_ms = editing_.now_ms;
    history.push_back({.id = history.empty() ? 1 : history.back().id + 1,
                       .deal_id = draft.id,
                       .pipeline_id = parse_id(unquoted(draft.find("pipeline_id"))).value_or(0),
                       .stage_id = *stage_id,
                       .entered_ms = editing_.now_ms,
                       .by_user_id = parse_id(person()).value_or(0)});
    data.index_history();
  }

  void move_edges(std::uint64_t loser, std::uint64_t winner) {
    for (const auto& edges : editing_.data.edges) {
      const AssociationType& type = edges->type();
      if (type.from != object() && type.to != object()) continue;
      undo_.keep(*edges);
      if (type.from == object()) edges->move(Direction::forward, loser, winner, editing_.now_ms);
      if (type.to == object()) edges->move(Direction::backward, loser, winner, editing_.now_ms);
    }
    table_.set_last_activity(winner, editing_.data.last_activity(object(), winner));
    table_.set_last_activity(loser, editing_.data.last_activity(object(), loser));
  }

  /// Engagements that come, go or move in time change their parents' last activity.
  Result<std::string> done(std::uint64_t id) {
    if (is_engagement(object())) {
      for (const auto& edges : editing_.data.edges)
        if (edges->type().from == object())
          edges->each(Direction::forward, id, [&](const Edge& edge) {
            refresh_activity(editing_.data, *edges, edge.from, edge.to);
          });
    }
    return std::to_string(id);
  }

  const Editing& editing_;
  RecordTable& table_;
  json::Value edit_;
  Undo& undo_;
};

}  // namespace

Result<std::string> edit_record(const Editing& editing, json::Value edit, Undo& undo) {
  const std::string_view name = edit["table"].string_or("");
  const std::string_view op = edit["op"].string_or("");
  RecordTable* const table = editing.data.table(name);
  if (table == nullptr) return wrong("there is no table '" + std::string(name) + "'");
  RecordEdit record(editing, *table, edit, undo);
  if (op == "create") return record.create();
  if (op == "update") return record.update();
  if (op == "archive") return record.archive();
  if (op == "restore") return record.restore();
  if (op == "purge" || op == "delete") return record.purge();
  if (op == "merge") return record.merge();
  return wrong("there is no op '" + std::string(op) + "'");
}

void refresh_activity(Dataset& data, const EdgeTable& table, std::uint64_t from, std::uint64_t to) {
  if (!is_engagement(table.type().from)) return;
  RecordTable* const parents = data.table(table.type().to);
  if (parents != nullptr && parents->find(to) != nullptr)
    parents->set_last_activity(to, data.last_activity(table.type().to, to));
  static_cast<void>(from);
}

}  // namespace flit::sim::interactive
