#pragma once
/// @file One value of a record as queries see it, and how two of them compare.
///
/// Text compares without case, ids by their first 15 characters and with case (fact sheet §7),
/// numbers exactly: a number is a coefficient of at most 18 digits and a scale (§6.2), never a
/// double. Text is a view into the row or into scratch space that the reader was given.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace flit::sim::salesforce::soql {

struct Value {
  enum class Kind : std::uint8_t {
    null,
    boolean,
    number,    ///< number × 10^-scale
    floating,  ///< an average
    text,
    id,
    date,     ///< days since 1970
    instant,  ///< milliseconds since 1970
    time,     ///< milliseconds since midnight
    json,     ///< a compound value, as JSON text
    blob,     ///< bytes; shown as the address they can be read from
  };
  Kind kind = Kind::null;
  std::uint8_t scale = 0;
  std::int64_t number = 0;
  double floating = 0;
  std::string_view text{};

  bool is_null() const { return kind == Kind::null; }

  static Value of_boolean(bool value) { return {.kind = Kind::boolean, .number = value ? 1 : 0}; }
  static Value of_number(std::int64_t coefficient, std::uint8_t scale = 0) {
    return {.kind = Kind::number, .scale = scale, .number = coefficient};
  }
  static Value of_text(std::string_view text) { return {.kind = Kind::text, .text = text}; }
  static Value of_id(std::string_view id) { return {.kind = Kind::id, .text = id}; }
};

/// Without case; the order of folded code points.
std::weak_ordering compare_text(std::string_view left, std::string_view right);

/// None when either is null, or when the kinds cannot be compared.
std::optional<std::weak_ordering> compare(const Value& left, const Value& right);

/// A text that is the same for two values exactly if they count as equal: for groups and sets.
void append_key(std::string& out, const Value& value);

/// A value that owns its text.
class Constant {
 public:
  Constant() = default;
  explicit Constant(const Value& value) : value_(value), text_(value.text) {}

  Value value() const {
    Value value = value_;
    value.text = text_;
    return value;
  }

 private:
  Value value_{};
  std::string text_{};
};

/// How an instant is written: "2026-01-31T10:15:30.000+0000" in JSON (§2.1), with "Z" in CSV (§4).
enum class InstantZone : std::uint8_t { offset, z };

/// The value as text, without quotes; null is empty. A number of a field that may have decimals is
/// written with at least one ("15000.0").
void append_text(std::string& out, const Value& value, bool whole_number, InstantZone zone);

/// Lower-case copy for comparing without case.
std::string folded(std::string_view text);

bool equal_without_case(std::string_view left, std::string_view right);

}  // namespace flit::sim::salesforce::soql
