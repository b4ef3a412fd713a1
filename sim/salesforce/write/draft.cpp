#include "sim/salesforce/write/draft.hpp"

#include <algorithm>

namespace flit::sim::salesforce {

void Draft::clear() {
  for (const std::uint16_t index : touched_) states_[index] = {};
  touched_.clear();
  before_ = nullptr;
  scratch.clear();
}

void Draft::put(const Field& field, const Cell& cell, bool from_client) {
  State& state = states_[field.index];
  if (!state.present) touched_.push_back(field.index);
  state = {cell, true, from_client};
}

void Draft::derive(std::string_view field, const Cell& cell) {
  if (const Field* found = object_->find(field)) derive(*found, cell);
}

void Draft::keep_texts() {
  for (const std::uint16_t index : touched_) {
    Cell& cell = states_[index].cell;
    if (!cell.text.empty()) cell.text = scratch.keep(std::string(cell.text));
  }
}

bool Draft::is_set(std::string_view field) const {
  const Field* found = object_->find(field);
  return found != nullptr && is_set(*found);
}

Cell Draft::value(const Field& field) const {
  if (states_[field.index].present) return states_[field.index].cell;
  return before_ == nullptr ? Cell{} : before_->cell(field);
}

Cell Draft::value(std::string_view field) const {
  const Field* found = object_->find(field);
  return found == nullptr ? Cell{} : value(*found);
}

bool Draft::changes(const Field& field) const {
  if (!is_set(field)) return false;
  return before_ == nullptr ? !states_[field.index].cell.is_null()
                            : states_[field.index].cell != before_->cell(field);
}

bool Draft::changes(std::string_view field) const {
  const Field* found = object_->find(field);
  return found != nullptr && changes(*found);
}

const std::vector<FieldCell>& Draft::cells() {
  cells_.clear();
  std::sort(touched_.begin(), touched_.end());
  old_cells_.clear();
  if (before_ != nullptr) before_->unpack(old_cells_);
  auto old = old_cells_.begin();
  for (const std::uint16_t index : touched_) {
    if (object_->field(index).home != Home::cells) continue;
    for (; old != old_cells_.end() && old->first < index; ++old) cells_.push_back(*old);
    if (old != old_cells_.end() && old->first == index) ++old;
    if (!states_[index].cell.is_null()) cells_.emplace_back(index, states_[index].cell);
  }
  cells_.insert(cells_.end(), old, old_cells_.end());
  return cells_;
}

}  // namespace flit::sim::salesforce
