#include "mapping/record_view.hpp"

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

std::size_t RecordView::number_of(std::string_view key, std::size_t place) {
  if (place < order_.size() && order_[place].key == key) return order_[place].number;
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
    const std::size_t number = number_of(member.key, place++);
    if (number == nowhere)
      unknown_.push_back(member.key);
    else
      fields_[number] = member.value;
  }
  return {};
}

bool is_empty(json::Value value) {
  if (!value.exists() || value.is_null()) return true;
  const auto text = value.as_string();
  return text && text->empty();
}

}  // namespace flit::mapping
