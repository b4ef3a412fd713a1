#include "engine/ledger_lookups.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace flit::engine {

using mapping::Lookup;
using store::State;
using store::Verdict;

mapping::Lookup LedgerLookups::shown(const Answer& answer) {
  return {.kind = answer.kind,
          .target = {.table = answer.table, .id = answer.id},
          .reason = answer.reason,
          .stands_in = answer.stands_in};
}

Lookup LedgerLookups::record(std::string_view object, std::string_view source_id) const {
  return ask({.object = object, .source_id = source_id});
}

Lookup LedgerLookups::record_or_placeholder(std::string_view object,
                                            std::string_view source_id) const {
  return ask({.object = object, .source_id = source_id, .archived = Archived::placeholder});
}

Lookup LedgerLookups::also(std::string_view object, std::string_view role,
                           std::string_view key) const {
  return ask({.object = object, .source_id = key, .role = role});
}

std::string LedgerLookups::key_of(const Question& question) {
  std::string key;
  key.reserve(question.object.size() + question.role.size() + question.source_id.size() + 2);
  key.append(question.object).append("\x1f").append(question.role);
  key.append(question.archived == Archived::placeholder ? "\x1e" : "\x1f");
  key.append(question.source_id);
  return key;
}

Lookup LedgerLookups::ask(const Question& question) const {
  std::string key = key_of(question);
  if (const auto known = recent_.find(key); known != recent_.end()) return shown(known->second);
  if (recent_.size() >= most_recent) recent_.clear();
  Answer answer;
  const Result<void> read = ledger_.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, find(reader, question));
    answer = std::move(found);
    return {};
  });
  if (!read && !failure_) failure_ = read.error();
  return shown(recent_.emplace(std::move(key), std::move(answer)).first->second);
}

Result<void> LedgerLookups::expect(store::sql::Connection& reader, std::string_view object,
                                   std::span<const std::string> source_ids) const {
  if (recent_.size() + source_ids.size() > most_recent) recent_.clear();
  std::vector<std::string> unknown;
  for (const std::string& id : source_ids.first(std::min(source_ids.size(), most_recent)))
    if (!recent_.contains(key_of({.object = object, .source_id = id}))) unknown.push_back(id);
  return books_.assignments.find_all(
      reader, object, unknown, "primary", [&](const store::Assignment& found) -> Result<void> {
        if (auto answer = answer_of(found))
          recent_.emplace(key_of({.object = object, .source_id = found.source_id}),
                          std::move(*answer));
        return {};
      });
}

/// Of an assignment that answers for itself; none where another has to be asked.
std::optional<LedgerLookups::Answer> LedgerLookups::answer_of(const store::Assignment& found) {
  switch (found.verdict) {
    case Verdict::create:
    case Verdict::update:
    case Verdict::match: {
      if (found.state == State::failed)
        return Answer{.kind = Lookup::Kind::unusable, .reason = found.reason};
      const bool there = found.state == State::done || found.state == State::kept ||
                         found.verdict == Verdict::match;
      return Answer{.kind = there ? Lookup::Kind::found : Lookup::Kind::later,
                    .table = found.table,
                    .id = found.target_id};
    }
    case Verdict::fail:
    case Verdict::hold:
      return Answer{.kind = Lookup::Kind::unusable, .reason = found.reason};
    case Verdict::merge:
    case Verdict::skip:
      return {};
  }
  return {};
}

Result<LedgerLookups::Answer> LedgerLookups::find(store::sql::Connection& reader,
                                                  const Question& question) const {
  std::string id(question.source_id);
  std::set<std::string> seen;
  while (seen.insert(id).second) {  // merges can form a loop in a corrupt source
    FLIT_TRY(found, books_.assignments.find(reader, question.object, id, question.role));
    if (!found) return Answer{};
    if (auto answer = answer_of(*found)) return std::move(*answer);
    if (found->verdict == Verdict::merge) {
      id = found->detail;  // the id of the record that swallowed it
      continue;
    }
    if (question.archived == Archived::placeholder && !found->target_id.empty())
      return placeholder(reader, *found);
    return Answer{.kind = Lookup::Kind::unusable, .reason = found->reason};
  }
  return Answer{.kind = Lookup::Kind::unusable, .reason = "merge_loop"};
}

/// What stands in for an archived record is where the record itself would be.
Result<LedgerLookups::Answer> LedgerLookups::placeholder(store::sql::Connection& reader,
                                                         const store::Assignment& archived) const {
  FLIT_TRY(known,
           books_.assignments.find(reader, archived.object, archived.source_id, "placeholder"));
  if (known && known->state == State::failed)
    return Answer{.kind = Lookup::Kind::unusable, .reason = known->reason};
  const bool there = known && (known->state == State::done || known->state == State::kept);
  return Answer{.kind = there ? Lookup::Kind::found : Lookup::Kind::later,
                .table = archived.table,
                .id = archived.target_id,
                .stands_in = true};
}

Lookup LedgerLookups::owner(std::string_view source_id) const {
  auto known = owners_.find(source_id);
  if (known == owners_.end()) known = owners_.find(std::string_view());
  if (known == owners_.end() || !known->second.target_id) return {};
  const store::OwnerRow& row = known->second;
  return {.kind = Lookup::Kind::found,
          .target = {.table = row.target_kind, .id = *row.target_id},
          .stands_in = row.fallback};
}

}  // namespace flit::engine
