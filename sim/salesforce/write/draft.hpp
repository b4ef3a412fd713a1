#pragma once
/// @file A record on its way in: what the client set, over what was there before.
///
/// Rules look at value(), the record as it will be, and add what the platform works out. One draft
/// is reused for many records of an object; setting and reading cost an array access. Not
/// thread-safe.

#include <span>
#include <vector>

#include "sim/salesforce/records/row.hpp"
#include "sim/salesforce/schema/object.hpp"
#include "sim/salesforce/values/scratch.hpp"

namespace flit::sim::salesforce {

class Draft {
 public:
  explicit Draft(const Object& object) : object_(&object), states_(object.fields().size()) {}

  const Object& object() const { return *object_; }
  Scratch scratch{};

  /// Ready for another record of the same object.
  void clear();

  /// By the client.
  void set(const Field& field, const Cell& cell) { put(field, cell, true); }
  /// By the platform: past the checks of what the client may write.
  void derive(const Field& field, const Cell& cell) { put(field, cell, false); }
  /// The same by name; fields the org does not have are passed over.
  void derive(std::string_view field, const Cell& cell);

  bool is_set(const Field& field) const { return states_[field.index].present; }
  bool is_from_client(const Field& field) const {
    return states_[field.index].present && states_[field.index].from_client;
  }
  bool is_set(std::string_view field) const;

  /// Copies the texts that were set: they no longer depend on the request.
  void keep_texts();

  /// As it will be: what is set here, else what was there.
  Cell value(const Field& field) const;
  Cell value(std::string_view field) const;
  /// Differs from what was there.
  bool changes(const Field& field) const;
  bool changes(std::string_view field) const;

  const Row* before() const { return before_; }
  void set_before(const Row* row) { before_ = row; }

  /// The fields that are set, in the order in which they were first set.
  std::span<const std::uint16_t> touched() const { return touched_; }

  /// Ordered cells of the record as it will be, without nulls and without what the head keeps.
  const std::vector<FieldCell>& cells();

 private:
  struct State {
    Cell cell{};
    bool present = false;
    bool from_client = false;
  };
  void put(const Field& field, const Cell& cell, bool from_client);

  const Object* object_;
  const Row* before_ = nullptr;
  std::vector<State> states_;
  std::vector<std::uint16_t> touched_;
  std::vector<FieldCell> cells_;
  std::vector<FieldCell> old_cells_;
};

}  // namespace flit::sim::salesforce
