#pragma once
/// @file What the inventory and the preflight must find in the data: code → object → ids.
///
/// The codes that facts/sources.md names are used as they are; those that it leaves open are ours
/// and listed in this room's README.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/interactive/truth/judgement.hpp"

namespace flit::sim::interactive {

class Findings {
 public:
  void add(std::string_view code, std::string_view object, std::uint64_t id);
  void add_count(std::string_view code, std::string_view object);  ///< without ids

  using ByObject = std::map<std::string, std::set<std::uint64_t>, std::less<>>;
  const std::map<std::string, ByObject, std::less<>>& all() const { return all_; }

 private:
  std::map<std::string, ByObject, std::less<>> all_;
};

Findings find_all(const Judge& judge);

// one file per subject
void find_in_contacts(const Judge& judge, Findings& findings);
void find_in_companies(const Judge& judge, Findings& findings);
void find_in_deals(const Judge& judge, Findings& findings);
void find_in_engagements(const Judge& judge, Findings& findings);
void find_in_notes(const Judge& judge, Findings& findings);
void find_in_values(const Judge& judge, Findings& findings);
void find_in_edges(const Judge& judge, Findings& findings);
void find_in_owners(const Judge& judge, Findings& findings);
void find_in_legal(const Judge& judge, Findings& findings);

/// Distinct pairs of spouses to link anew, lower id first (G-INT-2).
std::set<std::pair<std::uint64_t, std::uint64_t>> spouses_to_link(const Judge& judge);

/// Calls visit(row) for each live record of the object, if there is such an object.
template <typename Visit>
void each_live(const Dataset& data, std::string_view object, Visit&& visit) {
  const RecordTable* const table = data.table(object);
  if (table == nullptr) return;
  for (const Row& row : table->rows())
    if (!row.is_archived()) visit(*table, row);
}

}  // namespace flit::sim::interactive
