#pragma once
/// @file What the proposer is told about a system: objects, fields, types, choices, a few values.
///
/// Plain values, the same for both sides. Labels, samples and statistics may be missing: everything
/// that reads them must do without. Field names, labels and descriptions are foreign text and are
/// only ever compared, never executed or formatted into anything.

#include <cstdint>
#include <string>
#include <vector>

namespace flit::automap {

/// What a value is, in the coarse terms that matter for a mapping.
enum class Kind : std::uint8_t {
  unknown,
  text,
  long_text,
  integer,
  number,
  money,
  percent,
  boolean,
  date,
  instant,
  choice,
  choices,
  reference,
  email,
  phone,
  url,
  id,
  binary,
};

struct Choice {
  std::string value;
  std::string label;
};

struct Field {
  std::string name;
  std::string label{};
  std::string native_type{};           ///< the system's own word for the type
  Kind kind = Kind::unknown;           ///< read from native_type where the system states one
  std::vector<std::string> targets{};  ///< objects a reference points at
  std::vector<Choice> choices{};
  bool choices_in_order = true;        ///< as the system lists them; false: read from values
  std::vector<std::string> samples{};  ///< a handful of values, as text
  double null_rate = 0.0;              ///< share of records without a value
  double distinct_ratio = -1.0;        ///< distinct values / values; negative: not known
  int max_length = 0;  ///< characters: longest value (source), room (destination); 0: not known
  bool required = false;
  bool readonly = false;
  bool custom = false;
  bool calculated = false;  ///< the system computes it: nothing to migrate
};

struct Object {
  std::string name;
  std::string label{};
  std::int64_t row_count = -1;  ///< negative: not known
  std::vector<Field> fields{};
};

struct Schema {
  std::string system{};
  std::vector<Object> objects{};
};

/// The kind that a system's own type word suggests ("varchar", "Code[20]", "picklist", …).
Kind kind_of_type_word(const std::string& word);

std::string to_string(Kind kind);

}  // namespace flit::automap
