#pragma once
/// @file One record while it is being made or changed: values by property, as JSON on the wire.
///
/// Values are kept as the exact JSON text that will be served, so serving copies bytes. A value
/// that is not set is null. Not thread-safe.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/interactive/schema/object_schema.hpp"

namespace flit::sim::interactive {

/// What a record carries beside its properties; each is a JSON value, empty when it has none.
struct SystemValues {
  std::string tags{};          ///< ["12"]
  std::string participants{};  ///< [{"role":"from",…}]
  std::string merged_ids{};    ///< ["230"]
  std::string merged_into{};   ///< "101"
};

struct Draft {
  std::uint64_t id = 0;
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
  std::int64_t archived_ms = 0;  ///< 0: not archived
  std::string created_by = "1";
  std::string updated_by = "1";
  SystemValues system{};
  std::vector<std::pair<std::uint16_t, std::string>> cells{};  ///< property index, JSON; no order

  explicit Draft(const ObjectSchema& object) : schema(&object) {}

  /// REQUIRES, all: the object has the property.
  Draft& text(std::string_view property, std::string_view value);  ///< as a JSON string
  Draft& json(std::string_view property, std::string_view value);  ///< "" or "null": null
  Draft& number(std::string_view property, std::int64_t value);
  Draft& flag(std::string_view property, bool value);
  Draft& instant(std::string_view property, std::int64_t ms);
  Draft& clear(std::string_view property) { return json(property, ""); }

  /// The JSON that is set, or empty text.
  std::string_view find(std::string_view property) const;
  void put(std::size_t index, std::string value);

  const ObjectSchema* schema;
};

/// "2025-06-01T07:12:09.482Z".
std::string instant_text(std::int64_t ms);
void append_instant_text(std::string& out, std::int64_t ms);

/// The text that a JSON string stands for; other JSON as it is.
std::string unquoted(std::string_view json);

}  // namespace flit::sim::interactive
