#pragma once
/// @file Awkward texts as records of a source, moved the whole way, and what became of each.
///
/// A data set of flitsim gets a record for every text; the migration is typed as a person would;
/// what arrived is asked of the destination, what was said about it is read from the handover
/// package.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/e2e/migration/both_ends.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::test {

/// One text in one field of one source record.
struct Planted {
  std::string object;  ///< "contacts"
  std::string field;   ///< "email"
  std::string text;
  std::string id{};  ///< of its record, chosen by plant()
};

struct Arrived {
  bool is_there = false;         ///< the record was taken
  std::string text{};            ///< what the column holds
  std::set<std::string> said{};  ///< codes of findings about this field or, when refused, why
};

class MovedSamples {
 public:
  /// A field's column over there: {"email", "emailaddress1"}.
  using Columns = std::map<std::string, std::string>;

  /// Moves everything, compares everything, and takes everything back; test failures on the way.
  MovedSamples(std::vector<Planted> planted, const Columns& columns);

  const std::vector<Planted>& planted() const { return planted_; }
  const Arrived& of(const Planted& one) const;

 private:
  void write_data() const;
  void ask(const BothEnds& ends, const std::string& query, const Columns& columns);
  void read_findings(const BothEnds& ends);

  TemporaryDirectory folder_;
  std::vector<Planted> planted_;
  std::map<std::pair<std::string, std::string>, Arrived> arrived_;  ///< by id and field
};

/// Rows of a CSV text: quoted fields, doubled quotes, line breaks inside.
std::vector<std::vector<std::string>> rows_of_csv(const std::string& text);

}  // namespace flit::test
