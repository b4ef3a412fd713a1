#include "people.hpp"

#include <vector>

#include <fmt/format.h>

#include "base/json_reader.hpp"

namespace flit::test {
namespace {

const std::map<std::string_view, std::string_view> sets{{"account", "accounts"},
                                                        {"contact", "contacts"},
                                                        {"lead", "leads"},
                                                        {"opportunity", "opportunities"}};

/// A column of each table that people write into.
const std::map<std::string_view, std::string_view> free_text{
    {"account", "description"},     {"contact", "description"},     {"lead", "description"},
    {"opportunity", "description"}, {"task", "description"},        {"phonecall", "description"},
    {"email", "description"},       {"appointment", "description"}, {"annotation", "subject"},
    {"connection", "description"}};

std::string shown(const RowKey& row) {
  return row.first + " " + row.second;
}

std::string cell_of(const Cells& cells, const std::string& column) {
  const auto found = cells.find(column);
  return found == cells.end() ? std::string() : found->second;
}

}  // namespace

People::People(World& world, const Picture& before, std::uint64_t seed)
    : world_(world),
      before_(before),
      random_(seed, "people"),
      left_(static_cast<int>(1 + random_.below(8))) {}

std::string People::perhaps(std::uint64_t one_in) {
  if (left_ == 0 || !random_.one_in(one_in)) return {};
  std::string done = act();
  if (!done.empty()) --left_;
  return done;
}

std::string People::act() {
  ++deeds_;
  const Picture now = picture_of(world_);
  const std::uint64_t dice = random_.below(10);
  if (dice == 9) return make();
  if (dice < 4 || quiet_) return edit(now);
  return dice < 7 ? attach(now) : remove(now);
}

/// A row of those tables, ours or theirs; null: there is none.
const RowKey* People::any_of(const Picture& now, const std::set<std::string_view>& tables) {
  std::vector<const RowKey*> rows;
  for (const auto& [key, row] : now)
    if (tables.contains(key.first)) rows.push_back(&key);
  return rows.empty() ? nullptr : random_.pick(std::span<const RowKey*>(rows));
}

std::string People::edit(const Picture& now) {
  std::set<std::string_view> tables;
  for (const auto& [table, column] : free_text) tables.insert(table);
  const RowKey* row = any_of(now, tables);
  if (row == nullptr) return {};
  return apply(
      "people edit " + shown(*row),
      fmt::format(R"({{"op":"update","table":"{}","id":"{}","values":{{"{}":"Deed {}"}}}})",
                  row->first, row->second, free_text.at(row->first), deeds_));
}

std::string People::attach(const Picture& now) {
  std::set<std::string_view> tables;
  for (const auto& [table, set] : sets) tables.insert(table);
  const RowKey* row = any_of(now, tables);
  if (row == nullptr) return {};
  const std::string to = fmt::format("/{}({})", sets.at(row->first), row->second);
  std::string made;
  switch (random_.below(row->first == "account" ? 4 : 2)) {
    case 0:
      made = fmt::format(
          R"("annotation","values":{{"subject":"Deed {}","objectid_{}@odata.bind":"{}"}})", deeds_,
          row->first, to);
      break;
    case 1:
      made = fmt::format(
          R"("task","values":{{"subject":"Deed {}","regardingobjectid_{}_task@odata.bind":"{}"}})",
          deeds_, row->first, to);
      break;
    case 2:
      made = fmt::format(
          R"("contact","values":{{"lastname":"Deed {}","parentcustomerid_account@odata.bind":"{}"}})",
          deeds_, to);
      break;
    default:
      made = fmt::format(
          R"("account","values":{{"name":"Deed {}","parentaccountid@odata.bind":"{}"}})", deeds_,
          to);
  }
  return apply("people attach to " + shown(*row), R"({"op":"create","table":)" + made + "}");
}

std::string People::remove(const Picture& now) {
  std::set<std::string_view> tables;
  for (const auto& [table, column] : free_text) tables.insert(table);
  const RowKey* row = any_of(now, tables);
  if (row == nullptr) return {};
  return apply("people delete " + shown(*row),
               fmt::format(R"({{"op":"delete","table":"{}","id":"{}"}})", row->first, row->second));
}

std::string People::make() {
  return apply(
      "people make an account",
      fmt::format(R"({{"op":"create","table":"account","values":{{"name":"Deed {}"}}}})", deeds_));
}

/// Empty when the platform refuses.
std::string People::apply(const std::string& what, const std::string& edit) {
  const auto document = json::parse(edit);
  const Picture before = picture_of(world_);
  if (!document || !world_.destination().edit(document->root())) return {};
  note(before, picture_of(world_));
  return what;
}

namespace {

/// REQUIRES: they are not equal.
std::string difference(const RowKey& key, const Cells& found, const Cells& expected) {
  for (const auto& [column, text] : expected)
    if (cell_of(found, column) != text)
      return fmt::format("{} of {} is \"{}\" and should be \"{}\"", column, shown(key),
                         cell_of(found, column), text);
  return fmt::format("{} has more cells than it should", shown(key));
}

}  // namespace

void People::note(const Picture& before, const Picture& after) {
  for (const auto& [key, row] : before) {
    if (after.contains(key)) continue;
    deleted_.insert(key);
    made_.erase(key);
    edited_.erase(key);
    cells_.erase(key);
  }
  for (const auto& [key, row] : after) {
    const auto was = before.find(key);
    if (was == before.end()) {
      made_.insert(key);
      cells_[key] = row.cells;
      continue;
    }
    if (row.version != was->second.version) note_change(key, was->second, row);
  }
}

void People::note_change(const RowKey& key, const PicturedRow& before, const PicturedRow& after) {
  if (after.editor != before.editor || after.cells != before.cells) edited_.insert(key);
  for (const auto& [column, text] : after.cells)
    if (cell_of(before.cells, column) != text) cells_[key][column] = text;
  for (const auto& [column, text] : before.cells)
    if (!after.cells.contains(column)) cells_[key][column] = "";
}

/// What people left in rows that are theirs, or that they changed, and is there no more.
std::string People::lost(const Picture& now, const KeptRows& kept) const {
  for (const auto& [key, cells] : cells_) {
    // A row that was there before and took a record's values stays as it is when it is kept.
    if (before_.contains(key) && kept.contains(key)) continue;
    const auto row = now.find(key);
    if (row == now.end())
      return fmt::format("{}, in which people left something, is gone", shown(key));
    for (const auto& [column, text] : cells)
      if (cell_of(row->second.cells, column) != text)
        return fmt::format("{} of {} is \"{}\" and people left \"{}\"", column, shown(key),
                           cell_of(row->second.cells, column), text);
  }
  return {};
}

/// What people touched, and rows whose references led to rows that people deleted.
std::set<RowKey> People::touched(const Picture& undisturbed) const {
  std::set<RowKey> theirs = deleted_;
  for (const auto& [key, cells] : cells_) theirs.insert(key);
  const auto is_theirs = [&](const RowKey& other) { return theirs.contains(other); };
  for (bool grows = true; grows;) {
    grows = false;
    for (const auto& [key, row] : undisturbed)
      for (const auto* others : {&row.refers, &row.parties})
        if (std::any_of(others->begin(), others->end(), is_theirs))
          grows |= theirs.insert(key).second;
  }
  return theirs;
}

std::string People::check_there(const Picture& undisturbed) const {
  const Picture now = picture_of(world_);
  const std::set<RowKey> theirs = touched(undisturbed);
  for (const auto& [key, row] : undisturbed) {
    if (theirs.contains(key)) continue;
    const auto found = now.find(key);
    if (found == now.end()) return fmt::format("{} is not there", shown(key));
    if (found->second.cells != row.cells) return difference(key, found->second.cells, row.cells);
  }
  // A record whose row they deleted makes one of its own.
  bool deleted_a_match = false;
  for (const RowKey& key : deleted_) deleted_a_match |= before_.contains(key);
  for (const auto& [key, row] : now)
    if (!undisturbed.contains(key) && !made_.contains(key) && !deleted_a_match)
      return fmt::format("{} is nobody's", shown(key));
  KeptRows matched;
  for (const auto& [key, row] : before_) matched.emplace(key, "");
  return lost(now, matched);
}

/// The row's cells with what people changed in them.
Cells People::as_people_left(const RowKey& key, Cells cells) const {
  const auto changes = cells_.find(key);
  if (changes == cells_.end()) return cells;
  for (const auto& [column, text] : changes->second) {
    if (text.empty())
      cells.erase(column);
    else
      cells[column] = text;
  }
  return cells;
}

/// Of the rows that we made, what is left without a reason or is not listed.
std::string People::left_over(const Picture& now, const KeptRows& kept,
                              const std::set<RowKey>& roots) const {
  const std::set<RowKey> held = held_by(roots, now);
  for (const auto& [key, row] : now) {
    if (before_.contains(key) || made_.contains(key)) continue;
    if (!held.contains(key))
      return fmt::format("{} was left without a reason; it is listed as {}", shown(key),
                         kept.contains(key) ? kept.at(key) : "nothing");
    if (!kept.contains(key)) return fmt::format("{} was left and is not listed", shown(key));
  }
  return {};
}

/// Of the rows that were there before us, what is gone or is not as it was.
std::string People::changed_before(const Picture& now, const KeptRows& kept) const {
  for (const auto& [key, row] : before_) {
    if (deleted_.contains(key) || kept.contains(key)) continue;
    const auto found = now.find(key);
    if (found == now.end()) return fmt::format("{}, which was there before, is gone", shown(key));
    if (found->second.cells != as_people_left(key, row.cells))
      return fmt::format("{}, which was there before, is not as it was", shown(key));
  }
  return {};
}

std::string People::check_back(const KeptRows& kept) const {
  const Picture now = picture_of(world_);
  if (std::string gone = lost(now, kept); !gone.empty()) return gone;
  std::set<RowKey> roots = made_;
  // A row that was there before and that they edited keeps what we wrote to it, references too.
  for (const RowKey& key : edited_)
    if (!made_.contains(key) && (!before_.contains(key) || kept.contains(key))) roots.insert(key);
  if (std::string left = left_over(now, kept, roots); !left.empty()) return left;
  for (const auto& [key, reason] : kept)
    if (!now.contains(key) && reason != "missing")
      return fmt::format("{} is listed as {} and is not there", shown(key), reason);
  for (const RowKey& key : roots)
    if (!now.contains(key)) return fmt::format("{}, which people changed, is gone", shown(key));
  return changed_before(now, kept);
}

}  // namespace flit::test
