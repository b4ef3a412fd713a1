#pragma once
/// @file A record as the source gave it, and the names by which records are known.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/instant.hpp"

namespace flit::model {

struct CursorTag {};
/// A place in a source's list, opaque to everyone but the connector that made it.
using Cursor = Id<CursorTag>;

/// Which source record: unique within one migration.
struct SourceKey {
  std::string object;
  std::string id;
  auto operator<=>(const SourceKey&) const = default;
};

/// Which destination record a mapping rule makes of it: a contact may produce a `contact` (role
/// "primary") and a `connection` (role "spouse").
struct RecordKey {
  SourceKey source;
  std::string role;
  auto operator<=>(const RecordKey&) const = default;
};

/// A row over there: its table and its primary id.
struct TargetId {
  std::string table;
  std::string id;
  auto operator<=>(const TargetId&) const = default;
};

/// One source record in the source's own form. The payload is kept as it came: transforming it
/// again later, under another map, must not need the source.
struct Record {
  SourceKey key;
  std::string payload;  ///< one JSON object
  std::optional<Instant> created_at{};
  std::optional<Instant> updated_at{};
  bool archived = false;
  std::optional<std::string> merged_into{};  ///< the id of the record that swallowed this one
};

}  // namespace flit::model
