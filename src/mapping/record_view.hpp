#pragma once
/// @file One source record, opened: its fields by number instead of by name.
///
/// A payload is one JSON object whose members are the fields of the source's schema. Records of one
/// object come with their members in one order, so each member is found by looking where it was
/// last time; only when the order changes are names looked up. Reused from record to record without
/// giving memory back. Not thread-safe: one per lane.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.hpp"
#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "model/schema.hpp"

namespace flit::mapping {

/// The numbers of an object's fields: their places in its schema.
class FieldNumbers {
 public:
  explicit FieldNumbers(const model::Object& object);
  std::optional<std::size_t> find(std::string_view name) const;
  std::size_t size() const { return size_; }

 private:
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> numbers_;
  std::size_t size_;
};

class RecordView {
 public:
  explicit RecordView(const FieldNumbers& numbers) : numbers_(numbers) {}

  /// Opens a payload; what was got from the one before is no longer valid. Fault::permanent when it
  /// is no JSON object.
  Result<void> open(std::string_view payload);

  /// Absent when the record does not have it; null, "" and absent all mean empty.
  json::Value field(std::size_t number) const { return fields_[number]; }

  /// Members that the schema does not know: a source that changed under way.
  std::span<const std::string_view> unknown() const { return unknown_; }

 private:
  std::size_t number_of(std::string_view key, std::size_t place);

  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
  struct Expected {
    std::string key;
    std::size_t number = nowhere;
  };

  const FieldNumbers& numbers_;
  json::Document document_;
  std::vector<json::Value> fields_;
  std::vector<Expected> order_;  // the members of the record before, in its order
  std::vector<std::string_view> unknown_;
};

/// Null, "" and absent: a source means the same by each.
inline bool is_empty(json::Value value) {
  if (!value.exists() || value.is_null()) return true;
  const auto text = value.as_string();
  return text && text->empty();
}

}  // namespace flit::mapping
