#include "engine/ledger_lookups.hpp"

#include <set>

namespace flit::engine {

using mapping::Lookup;
using store::State;
using store::Verdict;

mapping::Lookup LedgerLookups::shown(const Answer& answer) {
  return {.kind = answer.kind,
          .target = {.table = answer.table, .id = answer.id},
          .reason = answer.reason};
}

Lookup LedgerLookups::record(std::string_view object, std::string_view source_id) const {
  std::string key;
  key.reserve(object.size() + source_id.size() + 1);
  key.append(object).append("\x1f").append(source_id);
  if (const auto known = recent_.find(key); known != recent_.end()) return shown(known->second);
  if (recent_.size() >= most_recent) recent_.clear();
  auto answer = find(object, source_id);
  if (!answer && !failure_) failure_ = answer.error();
  return shown(
      recent_.emplace(std::move(key), answer ? std::move(*answer) : Answer{}).first->second);
}

Result<LedgerLookups::Answer> LedgerLookups::find(std::string_view object,
                                                  std::string_view source_id) const {
  Answer answer;
  const Result<void> read = ledger_.read([&](store::sql::Connection& reader) -> Result<void> {
    std::string id(source_id);
    std::set<std::string> seen;
    while (seen.insert(id).second) {  // merges can form a loop in a corrupt source
      FLIT_TRY(found, books_.assignments.find(reader, object, id, "primary"));
      if (!found) return {};
      switch (found->verdict) {
        case Verdict::merge:
          id = found->detail;  // the id of the record that swallowed it
          continue;
        case Verdict::create:
        case Verdict::update:
        case Verdict::match:
          answer = {found->state == State::done || found->verdict == Verdict::match
                        ? Lookup::Kind::found
                        : Lookup::Kind::later,
                    found->table,
                    found->target_id,
                    {}};
          if (found->state == State::failed)
            answer = {Lookup::Kind::unusable, {}, {}, found->reason};
          return {};
        case Verdict::skip:
        case Verdict::fail:
        case Verdict::hold:
          answer = {Lookup::Kind::unusable, {}, {}, found->reason};
          return {};
      }
    }
    answer = {Lookup::Kind::unusable, {}, {}, "merge_loop"};
    return {};
  });
  if (!read) return Error(read.error());
  return answer;
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
