#pragma once
/// @file Which destination table holds the records of a source object.
///
/// Evidence: what the object is called, which columns its fields would find, who points at it, and
/// which required columns of a table nothing would fill. Four shapes are told apart: one table; one
/// object split by a discriminator (a person record that is a lead or a contact, a party that is a
/// person or a company); one flat row that
/// feeds several tables (its field names fall into clusters: "Account1 …", "Donation …"); several
/// objects into one table.

#include <string>
#include <vector>

#include "automap/destination.hpp"
#include "automap/split.hpp"
#include "automap/terms.hpp"

namespace flit::automap {

/// From this by_name on, the object is called what the table is called.
inline constexpr double named_table = 0.6;

struct TableGuess {
  int table = -1;
  double score = 0.0;
  double confidence = 0.0;
  double by_name = 0.0;    ///< how well the names agree, 0…1
  double by_fields = 0.0;  ///< share of the fields' evidence that the table explains, 0…1
};

enum class Shape : std::uint8_t { one_table, split, flat_row };

/// Fields of one object that go to one destination table (all of them, unless the row is flat).
struct SourcePart {
  ObjectTerms terms{};
  std::string title{};               ///< "Donation" for a cluster, empty for a whole object
  std::vector<TableGuess> tables{};  ///< best first
};

struct ObjectGuess {
  const Object* object = nullptr;
  std::string key{};  ///< the object's name, lower case
  Shape shape = Shape::one_table;
  Split split{};                     ///< what tells the two tables of a split apart
  std::vector<SourcePart> parts{};   ///< the first one is the main one
  std::vector<TableGuess> tables{};  ///< of the object as a whole
};

/// What a guess keeps: all terms of its fields, or only what other objects need to know of it.
enum class Keep : std::uint8_t { fields, tables };

/// Guesses for all objects of a schema, in its order.
std::vector<ObjectGuess> map_objects(const Schema& source, const Destination& destination,
                                     const Lexicon& lexicon, Keep keep = Keep::fields);

/// Makes the parts of a guess (again), with the terms of their fields.
void make_parts(ObjectGuess& guess, const std::string& system, const Destination& destination,
                const Lexicon& lexicon);

/// Forgets the terms of the fields; tables and names stay.
void drop_fields(ObjectGuess& guess);

}  // namespace flit::automap
