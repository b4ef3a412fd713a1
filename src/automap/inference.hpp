#pragma once
/// @file What a field is, read from its values, where the source does not say.
///
/// Exports without metadata name their columns and nothing else. Types are taken from the class
/// that four of five values share; lengths from the longest; a list of choices or a key only from
/// enough values, because five of them prove neither. Every finding carries its evidence: how many
/// values, which share of them fits, which classes they belong to. Values themselves stay here, but
/// for the labels of a list of choices.

#include <cstdint>
#include <string>
#include <vector>

#include "automap/lexicon.hpp"
#include "automap/schema.hpp"
#include "automap/value_class.hpp"
#include "model/schema.hpp"

namespace flit::automap {

struct Inference {
  Kind kind = Kind::unknown;
  int max_length = 0;            ///< UTF-16 code units of the longest value
  double distinct_ratio = -1.0;  ///< negative: too few values to tell
  std::vector<Choice> choices{};
  bool unique = false;       ///< every value is there once: fit to be a key
  model::Evidence evidence;  ///< examples: classes with their counts, most frequent first
};

/// From so many values on, repetition (or the lack of it) says something.
inline constexpr std::size_t enough_values = 10;

Inference infer(const std::vector<std::string>& values);

/// Fills what the source leaves open in its fields: kind, length, choices, distinct ratio. What it
/// states stays.
void fill_from_samples(Schema& schema);

/// The same for a field of the house: type, length, options, uniqueness, evidence. A described
/// field (type known) stays as it is.
void fill_from_values(model::Field& field, const std::vector<std::string>& values);

/// Whether name or label speak of a person: first name, full name, e-mail address and the like.
bool names_people(const model::Field& field, const Lexicon& lexicon);

/// Takes back a list of choices that was read off values; the field is a text.
void forget_values(model::Field& field);

}  // namespace flit::automap
