#include "engine/field_profile.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace flit::engine {
namespace {

constexpr std::uint64_t enough_numbers = 30;
constexpr double far_off = 10;  // standard deviations

bool is_numeric(model::FieldType type) {
  return type == model::FieldType::integer || type == model::FieldType::decimal ||
         type == model::FieldType::money;
}

std::uint32_t units_of(std::string_view text) {
  const std::size_t units =
      utf8::is_valid(text) ? utf8::utf16_units(text) : utf8::utf16_units(utf8::repaired(text));
  return static_cast<std::uint32_t>(units);
}

}  // namespace

FieldProfile::FieldProfile(const model::Field& field)
    : is_number_(is_numeric(field.type)),
      is_choice_(field.type == model::FieldType::choice || field.type == model::FieldType::choices),
      is_list_(field.type == model::FieldType::choices) {}

void FieldProfile::add(json::Value value, std::string_view text, std::string_view record_id) {
  ++observed_.records;
  ++observed_.filled;
  observed_.longest = std::max(observed_.longest, units_of(text));
  if (seen_.size() < ObservedField::most_distinct)
    seen_.insert(hash64(text));
  else if (!seen_.contains(hash64(text)))
    observed_.more_distinct = true;
  if (is_number_) add_number(text, record_id);
  if (!is_choice_) return;
  if (value.is_array()) {
    for (const json::Value one : value.elements()) add_choice(one.string_or(""));
    return;
  }
  for (const std::string_view one : text::split(text, is_list_ ? ";" : "\n")) add_choice(one);
}

void FieldProfile::add_choice(std::string_view text) {
  if (text.empty()) return;
  if (const auto known = values_.find(text); known != values_.end()) {
    ++known->second;
  } else if (values_.size() < ObservedField::most_values) {
    values_.emplace(text, 1);
  } else {
    observed_.more_values = true;
  }
}

// Bounds are exact; what is usual is a matter of statistics, so that is computed in double.
void FieldProfile::add_number(std::string_view text, std::string_view record_id) {
  const auto exact = Decimal::parse(text);
  if (!exact) return;
  if (!observed_.min || *exact < *observed_.min) observed_.min = *exact;
  if (!observed_.max || *exact > *observed_.max) observed_.max = *exact;
  observed_.scale =
      static_cast<std::uint8_t>(std::max<int>(observed_.scale, exact->fraction_digits()));
  const double number = std::strtod(std::string(text).c_str(), nullptr);
  std::optional<Extreme> rest =
      keep(least_, {number, std::string(text), std::string(record_id)}, false);
  if (rest) rest = keep(most_, std::move(*rest), true);
  if (!rest) return;
  ++usual_;
  sum_ += rest->value;
  squares_ += rest->value * rest->value;
}

std::optional<FieldProfile::Extreme> FieldProfile::keep(std::vector<Extreme>& extremes, Extreme one,
                                                        bool greatest) {
  const auto before = [greatest](const Extreme& a, const Extreme& b) {
    return greatest ? a.value > b.value : a.value < b.value;
  };
  if (extremes.size() == most_extremes && !before(one, extremes.back())) return one;
  extremes.insert(std::upper_bound(extremes.begin(), extremes.end(), one, before), std::move(one));
  if (extremes.size() <= most_extremes) return {};
  Extreme last = std::move(extremes.back());
  extremes.pop_back();
  return last;
}

ObservedField FieldProfile::observed() const {
  ObservedField made = observed_;
  made.distinct = seen_.size();
  for (const auto& [text, count] : values_) made.values.push_back({text, count});
  return made;
}

std::vector<std::pair<std::string, std::string>> FieldProfile::outliers() const {
  std::vector<std::pair<std::string, std::string>> found;
  if (usual_ < enough_numbers) return found;
  const auto count = static_cast<double>(usual_);
  const double mean = sum_ / count;
  const double spread = std::sqrt(std::max(0.0, squares_ / count - mean * mean));
  if (spread <= 0) return found;
  for (const auto* extremes : {&least_, &most_})
    for (const Extreme& one : *extremes)
      if (std::abs(one.value - mean) > far_off * spread) found.emplace_back(one.id, one.text);
  return found;
}

}  // namespace flit::engine
