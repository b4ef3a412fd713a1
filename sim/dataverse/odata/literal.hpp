#pragma once
/// @file A constant in a URL: 'O''Hara', 42, 19.90, 2016-09-28T22:57:53Z, null, a bare guid,
/// Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'.
///
/// Numbers and dates keep their lexeme until a column's type says what they are: money never
/// passes through a double. Fact sheet §13 (strings quoted with '', guids bare) and §11 (enums).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flit::sim::dataverse::odata {

enum class LiteralKind : std::uint8_t {
  null,
  boolean,
  integer,
  decimal,  ///< with fraction or exponent
  text,
  guid,  ///< lower case, with hyphens
  date,
  instant,
  enumeration,
  json,  ///< an object, raw, as function parameters carry it
};

struct Literal {
  LiteralKind kind = LiteralKind::null;
  std::string text{};  ///< unescaped for text; the lexeme for all others
  std::string type{};  ///< enumeration only: the qualified name of its type

  bool operator==(const Literal&) const = default;
};

/// A named parameter of a function or a part of a key: name=value. A key of one part has no name.
struct Argument {
  std::string name{};
  std::vector<Literal> values{};  ///< one, unless it is a list
  bool is_list = false;

  bool operator==(const Argument&) const = default;
};

/// As it would stand in a (decoded) URL.
void append_to(std::string& out, const Literal& literal);
void append_to(std::string& out, const Argument& argument);

/// "Edm.String", "Edm.Int32" …, as error texts name the type; "Edm.Int64" beyond 32 bits.
std::string_view edm_type(const Literal& literal);

/// True for 8-4-4-4-12 hexadecimal digits at the start of `text`.
bool starts_with_guid(std::string_view text);

/// The length of the date or instant at the start of `text`, and which it is; none if neither.
struct DateShape {
  std::size_t length = 0;
  LiteralKind kind = LiteralKind::date;
};
std::optional<DateShape> date_shape(std::string_view text);

}  // namespace flit::sim::dataverse::odata
