#pragma once
/// @file What a handful of values look like: e-mail, phone, epoch seconds, ISO country, a sentence
/// …
///
/// A class is evidence, never a decision: it says how many of the samples fit. Samples are looked
/// at and forgotten; what leaves this file are classes and counts, never a value.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "automap/schema.hpp"

namespace flit::automap {

enum class ValueClass : std::uint8_t {
  none,
  email,
  phone,
  url,
  domain,
  linkedin,
  handle,
  uuid,
  boolean,
  instant,
  date,
  epoch_s,
  epoch_ms,
  fraction,  ///< numbers, all within 0…1, some between
  percent,   ///< integers within 0…100 in steps people choose
  year,
  integer,
  decimal,
  money_text,  ///< "$15,000.00"
  country,
  currency,
  language,
  timezone,
  postal_code,
  street,
  person,
  company,
  html,
  sentence,
  list,  ///< several values in one: "vip;expo"
  code,  ///< letters and digits that identify something
  word,
};

struct ValueEvidence {
  ValueClass value_class = ValueClass::none;
  int fitting = 0;  ///< samples of that class
  int seen = 0;     ///< samples that are not blank
};

/// The most specific class that at least four of five samples share.
ValueEvidence classify(const std::vector<std::string>& samples);

std::string_view to_string(ValueClass value_class);

/// The same for several, in a sentence: "telephone numbers".
std::string_view plural_of(ValueClass value_class);

/// "yes" and "no" in the usual languages: true, false; none for anything else.
std::optional<bool> truth_of(std::string_view word);

/// Type of a field from its stated type, choices and samples together.
Kind effective_kind(const Field& field, const ValueEvidence& evidence);

}  // namespace flit::automap
