#pragma once
/// @file How well one field and one column agree: by what they are called, and by what they are.
///
/// Pure; knows nothing of other fields, other columns or where the field stands.

#include <vector>

#include "automap/features.hpp"
#include "automap/lexicon.hpp"

namespace flit::automap {

/// How the best pair of a field's readings and a column's meanings agrees.
struct Match {
  double score = 0.0;  ///< similarity times strength
  double similarity = 0.0;
  double strength = 1.0;
  const Bag* reading = nullptr;
  const Meaning* meaning = nullptr;
};

Match best_match(const std::vector<const Bag*>& readings, const ColumnTerms& column);

void measure_names(const FieldTerms& field, const ColumnTerms& column, const Match& match,
                   Features& f);

struct TypeContext {
  double target = 0.0;  ///< how far both refer to the same kind of record, -1 to 1
  const Lexicon& lexicon;
};

/// Behind measure_names(): a target counts less where the names do not agree.
void measure_types(const FieldTerms& field, const ColumnTerms& column, const TypeContext& context,
                   Features& f);

}  // namespace flit::automap
