#pragma once
/// @file One source object whose records go to two tables, and the field that tells them apart.
///
/// Two kinds are known. By party: a flag ("is_organization") or a list ("person", "company") says
/// whether the record is a human being or a company. By lifecycle: a list says whether a person is
/// still a lead. A field that states the party has done its work once the table is chosen; it is
/// never proposed for a column. A lifecycle may hold more than that and stays a field like others.

#include <string>
#include <vector>

#include "automap/lexicon.hpp"
#include "automap/schema.hpp"
#include "automap/terms.hpp"

namespace flit::automap {

struct Split {
  std::string field{};                ///< the discriminator; empty: no split
  std::vector<std::string> values{};  ///< of the records that leave the rest
  bool by_party = false;              ///< the others are companies, else: leads

  explicit operator bool() const { return !field.empty(); }
};

/// The field that says person or company, with the values that mean a company.
Split party_split(const ObjectTerms& object, const Lexicon& lexicon);

/// The field that says lead or contact: some of its values mean a lead, and others do not.
Split lifecycle_split(const ObjectTerms& object, const Lexicon& lexicon);

}  // namespace flit::automap
