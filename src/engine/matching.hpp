#pragma once
/// @file S-05, between routing and checking: which records already live over there.
///
/// By the columns that the map says (`arguments: {match: hold}` on a field's line), never by a name
/// alone, and only where a value stands for one record and one row: it is collected on both sides
/// and proven unique first. What then: "hold" leaves the record to a person, "use" uses the row as
/// it is, "update" lets it take the record's values. A value that is not unique but is there holds
/// its records. Rows that this migration made itself are no matches. Repeatable; memory: one page.
/// Reads the column of the whole table over there.

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/migration.hpp"
#include "model/map.hpp"
#include "store/match_keys.hpp"

namespace flit::engine {

struct MatchCounts {
  std::uint64_t matched = 0;    ///< records with one row over there
  std::uint64_t ambiguous = 0;  ///< records whose value is not unique
};

class Matching {
 public:
  /// `migration` outlives this.
  explicit Matching(const Migration& migration) : migration_(migration) {}

  Result<MatchCounts> run(std::stop_token stop);

 private:
  struct Rule {
    std::string object{};
    std::string table{};
    std::string from{};
    std::string to{};
    store::Verdict found = store::Verdict::hold;  ///< of a record with one row over there
    std::int64_t number = 0;
    bool folded = false;  ///< e-mail addresses compare without case
  };

  /// Fault::setup for a `match` that is none of the three.
  Result<std::vector<Rule>> rules() const;
  Result<void> add_rules(const model::ObjectMap& object, const model::FieldRule& field,
                         std::vector<Rule>& all) const;
  std::string key_of(const Rule& rule, std::string_view value) const;
  /// Whether any row over there has a value.
  Result<bool> collect_rows(const Rule& rule, std::stop_token stop);
  Result<void> collect_records(const Rule& rule, std::stop_token stop);
  Result<void> decide(const Rule& rule, MatchCounts& counts);
  Result<void> apply(const Rule& rule, const std::vector<store::MatchPair>& pairs,
                     MatchCounts& counts);
  Result<void> hold(store::sql::Connection& transaction, const Rule& rule,
                    const store::MatchPair& pair, MatchCounts& counts);

  const Migration& migration_;
};

}  // namespace flit::engine
