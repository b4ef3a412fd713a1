#include "mapping/record_view.hpp"

#include <cstring>
#include <optional>

namespace flit::mapping {

FieldNumbers::FieldNumbers(const model::Object& object) : size_(object.fields.size()) {
  for (std::size_t i = 0; i < size_; ++i) numbers_.emplace(object.fields[i].name, i);
}

std::optional<std::size_t> FieldNumbers::find(std::string_view name) const {
  const auto known = numbers_.find(name);
  if (known == numbers_.end()) return {};
  return known->second;
}

namespace {

/// Names of fields are short; asking the C library about each of them is a twentieth of the work.
bool is_same(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  if (one.size() < sizeof a || one.size() > 2 * sizeof a) return one == other;
  std::memcpy(&a, one.data(), sizeof a);
  std::memcpy(&b, other.data(), sizeof b);
  if (a != b) return false;
  std::memcpy(&a, one.data() + one.size() - sizeof a, sizeof a);
  std::memcpy(&b, other.data() + other.size() - sizeof b, sizeof b);
  return a == b;
}

}  // namespace

/// Looks the name up, and expects it at that place in the next record.
std::size_t RecordView::number_of(std::string_view key, std::size_t place) {
  const std::size_t number = numbers_.find(key).value_or(nowhere);
  if (place >= order_.size()) order_.resize(place + 1);
  order_[place] = {std::string(key), number};
  return number;
}

Result<void> RecordView::open(std::string_view payload) {
  FLIT_TRY(root, document_.read(payload));
  if (!root.is_object())
    return Error{.message = "a record is a JSON object, this is " +
                            std::string(json::to_string(root.kind()))};
  fields_.assign(numbers_.size(), json::Value());
  unknown_.clear();
  std::size_t place = 0;
  for (const json::Member member : root.members()) {
    const bool expected = place < order_.size() && is_same(order_[place].key, member.key);
    const std::size_t number = expected ? order_[place].number : number_of(member.key, place);
    ++place;
    if (number == nowhere)
      unknown_.push_back(member.key);
    else
      fields_[number] = member.value;
  }
  return {};
}

}  // namespace flit::mapping
