#pragma once
/// @file One value of a row as queries see it, and how two of them compare.
///
/// Text compares without case, as the platform's database does (fact sheet §13); numbers compare by
/// value whatever their form, decimals exactly; guids by their bytes. Text is a view into the row
/// or into scratch space that the reader was given.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "sim/dataverse/odata/literal.hpp"

namespace flit::sim::dataverse::odata {

enum class ValueType : std::uint8_t {
  boolean,
  integer,  ///< whole numbers and choices
  decimal,  ///< decimals and money, exact
  floating,
  text,
  guid,         ///< ids and lookups
  instant,      ///< seconds since 1970
  date,         ///< days since 1970
  choices,      ///< several choices: "1,9"
  enumeration,  ///< of metadata: a name
};

/// "Edm.String" …, as error texts name the type.
std::string_view edm_type(ValueType type);

struct Value {
  enum class Kind : std::uint8_t {
    null,
    boolean,
    integer,
    decimal,
    floating,
    text,
    guid,
    instant,
    date
  };
  Kind kind = Kind::null;
  std::int64_t number = 0;  ///< boolean 0/1, integer, instant, date
  double floating = 0;
  std::string_view text{};  ///< text and choices; decimal: its lexeme
  Uuid id{};

  bool is_null() const { return kind == Kind::null; }
};

/// None when either is null, or when the kinds cannot be compared.
std::optional<std::weak_ordering> compare(const Value& left, const Value& right);

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

/// The literal as a value of that type; none if the platform's library would not convert it.
std::optional<Constant> convert(const Literal& literal, ValueType type);

/// The same for values that are always written as text: function parameters, FetchXML, cookies.
std::optional<Constant> convert_text(std::string_view text, ValueType type);

/// As cookies and FetchXML conditions write it; convert_text() reads it back.
std::string to_text(const Value& value);

/// "2016-09-28T22:57:53Z" of seconds, "2016-09-28" of days.
std::string instant_text(std::int64_t seconds);
std::string date_text(std::int64_t days);

}  // namespace flit::sim::dataverse::odata
