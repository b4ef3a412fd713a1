#pragma once
/// @file The destination as the proposer sees it: tables, columns, what each column holds, how to
/// find it.
///
/// Built once per proposal from destination metadata and the lexicon. Columns that cannot be
/// written are kept, so that a reason can name them, but they are never candidates.

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "automap/lexicon.hpp"
#include "automap/schema.hpp"

namespace flit::automap {

struct ColumnTerms {
  const Field* field = nullptr;
  std::string name_text{};  ///< words of the logical name, joined
  std::string label_text{};
  std::string choice_key{};  ///< "table.column", lower case
  std::vector<Meaning> meanings{};
  Kind kind = Kind::unknown;
  bool writable = false;
  bool described = false;  ///< the lexicon has a line about it
  bool plumbing = false;   ///< the lexicon says it belongs to the platform
  std::uint64_t part = 0;  ///< address part it holds, 0: none
  int group = -1;          ///< index into TableTerms::groups
};

/// One postal address of a table: Billing…, address2_…
struct AddressGroup {
  std::string key{};
  std::set<std::uint64_t> qualifiers{};
  int order = 0;
};

struct TableTerms {
  const Object* object = nullptr;
  std::string key{};  ///< lower case name
  Bag name{};
  Bag label{};
  std::set<std::uint64_t> self{};
  std::vector<ColumnTerms> columns{};
  std::vector<AddressGroup> groups{};
  std::unordered_map<std::uint64_t, std::vector<int>>
      by_token{};  ///< columns whose meanings have that token

  /// The column of that name (any case), or -1.
  int find(const std::string& column) const;
};

class Destination {
 public:
  Destination(const Schema& schema, const Lexicon& lexicon);

  const std::vector<TableTerms>& tables() const { return tables_; }
  int find_table(const std::string& name) const;  ///< any case; -1: none

  /// The first table whose label has this meaning; -1: none.
  int labelled(const Bag& bag) const;

  /// Tables that have a column with exactly this meaning, each once.
  const std::vector<int>* tables_with(std::uint64_t signature) const;

 private:
  void list_meanings(const ColumnTerms& column, int table);

  std::vector<TableTerms> tables_{};
  std::unordered_map<std::string, int> by_name_{};
  std::unordered_map<std::uint64_t, int> by_label_{};
  std::unordered_map<std::uint64_t, std::vector<int>> by_signature_{};
};

/// One number for a set of tokens; ordinals and fillers do not count.
std::uint64_t signature(const Bag& bag);

/// The concepts that are parts of a postal address.
const std::set<std::uint64_t>& address_parts(const Lexicon& lexicon,
                                             std::set<std::uint64_t>& storage);

std::string lower_case(std::string text);

}  // namespace flit::automap
