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

/// Whether the first words of two texts are the same, and the last. REQUIRES: they are that long.
template <typename Word>
bool is_same_at_the_ends(std::string_view one, std::string_view other) {
  const auto word = [](const char* at) {
    Word read = 0;
    std::memcpy(&read, at, sizeof read);
    return read;
  };
  const std::size_t last = one.size() - sizeof(Word);
  return word(one.data()) == word(other.data()) &&
         word(one.data() + last) == word(other.data() + last);
}

/// Names of fields are short; asking the C library about each of them is a twentieth of the work.
bool is_same(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  if (one.size() >= 8 && one.size() <= 16) return is_same_at_the_ends<std::uint64_t>(one, other);
  if (one.size() >= 4 && one.size() < 8) return is_same_at_the_ends<std::uint32_t>(one, other);
  return one == other;
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
