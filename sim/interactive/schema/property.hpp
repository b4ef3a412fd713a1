#pragma once
/// @file One property of an object, as GET /schema/objects/{o}/properties shows it.
///
/// facts/sources.md §1.5. Plain data; what a value of a type looks like on the wire is told in §1.3
/// ("Values in properties").

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/result.hpp"

namespace flit::sim::interactive {

enum class PropertyType : std::uint8_t {
  string,
  text,
  html,
  number,
  decimal,
  currency,
  boolean,
  date,
  datetime,
  enumeration,
  multi_enum,
  phone,
  email,
  url,
  user,
  json,
};

/// "string", "bool", "enum": the name on the wire.
std::string_view to_string(PropertyType type);
std::optional<PropertyType> property_type(std::string_view name);

/// Few different values, so a table keeps each of them once.
bool has_few_values(PropertyType type);

struct Option {
  std::string value;
  std::string label;
  int order = 0;
  bool archived = false;
};

struct Property {
  std::string name;
  std::string label{};
  std::string description{};
  std::string group{};
  PropertyType type = PropertyType::string;
  bool epoch_ms = false;  ///< a date written as milliseconds at 00:00 UTC
  bool custom = false;
  bool is_default = false;  ///< comes when `properties` is not given
  bool required = false;
  bool unique = false;
  bool calculated = false;
  bool hidden = false;
  bool archived = false;
  std::optional<int> max_length{};
  std::optional<int> scale{};
  std::string currency_property{};
  std::string references{};  ///< object that a custom `…_id` property points to; empty: none
  std::vector<Option> options{};
  std::string created_at = "2018-01-01T00:00:00.000Z";
  std::string updated_at = "2024-01-01T00:00:00.000Z";

  const Option* option(std::string_view value) const;
};

void write(json::Writer& out, const Property& property);

/// Reads what write() wrote. Fault::setup for an unknown type or a missing name.
Result<Property> read_property(json::Value value);

/// "first_name" → "First name".
std::string label_of(std::string_view name);

}  // namespace flit::sim::interactive
