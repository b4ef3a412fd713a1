#pragma once
/// @file S-02: whether a map can work, and whether it speaks for every field.
///
/// A line that names what is not there, or that cannot convert what it is given, is a problem, and
/// so is a field that no line speaks for. Pure.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "mapping/compiled_map.hpp"
#include "mapping/conversion.hpp"
#include "model/map.hpp"
#include "model/schema.hpp"

namespace flit::engine {

struct ObjectReview {
  std::string object;
  std::string held{};
  std::string tables{};  ///< "contact, lead"
  std::size_t fields = 0;
  std::size_t mapped = 0;
  std::size_t preserved = 0;
  std::size_t ignored = 0;
};

struct ReviewProblem {
  std::string where;
  std::string message;
  std::string remedy{};
  mapping::MapItem item{};  ///< which item of an object's file, where it is one
};

/// A column that several lines write: a record's value is that of the first field that is not
/// empty, what the others hold does not arrive. No problem, but nobody should be surprised by it.
struct SharedColumn {
  std::string object;
  std::string column;
  std::vector<std::string> fields;  ///< in the order in which they are asked
};

struct MapReview {
  std::vector<ObjectReview> objects;
  std::vector<ReviewProblem> problems;
  std::vector<SharedColumn> shared;
};

struct MapReviewParts {
  const model::MapDocument& map;
  const model::Schema& source;
  const model::Schema& destination;  ///< as it will be once the plan is applied
  const mapping::Locale& locale;
};

MapReview review_map(const MapReviewParts& parts);

std::string to_json(const MapReview& review);

}  // namespace flit::engine
