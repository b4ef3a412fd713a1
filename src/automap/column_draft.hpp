#pragma once
/// @file Columns of our own for source fields that have no home: their names and their types.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "automap/known_lines.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"

namespace flit::automap {

/// "Firmenname (DE)" → "flit_firmenname_de": ASCII letters, digits and "_", at most 50 of them;
/// `serial` stands in for names that have none.
std::string column_name(const std::string& prefix, const std::string& field, std::size_t serial);

/// A column that holds every value of `field` as it is: same type, enough room. None for files,
/// which move on a path of their own.
std::optional<model::Field> column_for(const model::Field& field, const std::string& name);

/// The rule that fills it.
model::FieldRule preserving_rule(const model::Field& field, const model::Field& column);

/// Which column names a table has, or will have.
class TakenNames {
 public:
  TakenNames(const model::Schema& destination, const model::MapDocument* known,
             const std::vector<KnownColumn>& columns);

  /// `wanted`, or with a number behind it where one of the tables has that name. Takes it.
  std::string take(const std::string& wanted, const std::vector<std::string>& tables);

 private:
  bool is_taken(const std::string& name, const std::vector<std::string>& tables) const;

  std::map<std::string, std::set<std::string>, std::less<>> names_{};
};

}  // namespace flit::automap
