#include "mapping/number_converters.hpp"

#include <limits>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "mapping/text_converters.hpp"

namespace flit::mapping {
namespace {

using model::Value;

/// The number that a JSON number or a text of digits stands for.
Result<Decimal> number_of(json::Value source) {
  if (const auto lexeme = source.as_number()) return Decimal::parse(*lexeme);
  if (const auto text = source.as_string()) return Decimal::parse(text::trim(*text));
  return Decimal::parse(source.dump());
}

std::string shown(const std::optional<Decimal>& bound) {
  return bound ? bound->text() : std::string("any");
}

bool is_outside(const Decimal& number, const NumberLimits& limits) {
  return (limits.min && number < *limits.min) || (limits.max && number > *limits.max);
}

Converted outside(const Decimal& number, const NumberLimits& limits) {
  return Converted::refused("out_of_range", fmt::format("{} is outside {} to {}", number.text(),
                                                        shown(limits.min), shown(limits.max)));
}

Converted not_a_number() {
  return Converted::refused("not_a_number", "the text is no number");
}

/// The whole numbers that a column takes, where its bounds are whole.
struct WholeRange {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t greatest = std::numeric_limits<std::int64_t>::max();

  static std::optional<WholeRange> of(const NumberLimits& limits) {
    WholeRange range;
    const auto least = limits.min ? limits.min->as_integer() : range.least;
    const auto greatest = limits.max ? limits.max->as_integer() : range.greatest;
    if (!least || !greatest) return {};
    return WholeRange{*least, *greatest};
  }
  bool holds(std::int64_t number) const { return number >= least && number <= greatest; }
};

class IntegerConverter final : public Converter {
 public:
  IntegerConverter(const NumberLimits& limits, const Decimal& factor)
      : limits_(limits), factor_(factor) {
    if (factor == Decimal::of(1)) as_they_are_ = WholeRange::of(limits);
  }

  Converted convert(json::Value source, const Context&) const override {
    if (as_they_are_)
      if (const auto whole = source.as_integer(); whole && as_they_are_->holds(*whole))
        return Converted::plain(Value::integer(*whole));
    const auto number = number_of(source);
    if (!number) return not_a_number();
    const auto scaled = number->times(factor_);
    if (!scaled) return Converted::refused("out_of_range", "more digits than a number can have");
    const Decimal whole = scaled->rounded(0, RoundingMode::half_even);
    if (is_outside(whole, limits_)) return outside(whole, limits_);
    const auto integer = whole.as_integer();
    if (!integer) return Converted::refused("out_of_range", "more than 64 bits");
    if (whole == *scaled) return Converted::plain(Value::integer(*integer));
    return Converted::flagged(Value::integer(*integer), "rounded",
                              scaled->text() + " to a whole number");
  }

 private:
  NumberLimits limits_;
  Decimal factor_;
  std::optional<WholeRange> as_they_are_;  // JSON integers in it need no arithmetic
};

class DecimalConverter final : public Converter {
 public:
  DecimalConverter(const NumberLimits& limits, const Decimal& factor)
      : limits_(limits), factor_(factor), is_scaled_(factor != Decimal::of(1)) {}

  Converted convert(json::Value source, const Context& context) const override {
    Result<Decimal> number = number_of(source);
    if (!number) return not_a_number();
    if (is_scaled_) number = number->times(factor_);
    if (!number) return Converted::refused("out_of_range", "more digits than a number can have");
    if (is_outside(*number, limits_)) return outside(*number, limits_);
    if (!limits_.scale || number->scale() <= *limits_.scale ||
        number->fraction_digits() <= *limits_.scale)
      return Converted::plain(Value::decimal(*number, context.arena));
    const Decimal kept = number->rounded(*limits_.scale, RoundingMode::half_even);
    return Converted::flagged(Value::decimal(kept, context.arena), "rounded",
                              fmt::format("{} to {} digits", number->text(), *limits_.scale));
  }

 private:
  NumberLimits limits_;
  Decimal factor_;
  bool is_scaled_;
};

class MinutesConverter final : public Converter {
 public:
  MinutesConverter(const NumberLimits& limits, std::int64_t per_minute)
      : limits_(limits), per_minute_(Decimal::of(per_minute)) {}

  Converted convert(json::Value source, const Context&) const override {
    const auto units = number_of(source);
    if (!units) return not_a_number();
    const auto minutes = units->divided_by(per_minute_, 0, RoundingMode::half_up);
    if (!minutes) return not_a_number();
    if (is_outside(*minutes, limits_)) return outside(*minutes, limits_);
    const auto whole = minutes->as_integer();
    if (!whole) return Converted::refused("out_of_range", "more than 64 bits");
    return Converted::plain(Value::integer(*whole));
  }

 private:
  NumberLimits limits_;
  Decimal per_minute_;
};

class BooleanConverter final : public Converter {
 public:
  explicit BooleanConverter(const std::optional<model::ValueMap>& values) {
    for (const char* yes : {"true", "yes", "y", "1", "on"}) words_.emplace(yes, true);
    for (const char* no : {"false", "no", "n", "0", "off"}) words_.emplace(no, false);
    if (!values) return;
    for (const auto& [from, to] : values->pairs)
      words_[text::fold(from)] = to == "true" || to == "1";
  }

  Converted convert(json::Value source, const Context&) const override {
    if (const auto flag = source.as_boolean()) return Converted::plain(Value::boolean(*flag));
    std::string buffer;
    const auto known = words_.find(text::fold(text_of(source, buffer)));
    if (known != words_.end()) return Converted::plain(Value::boolean(known->second));
    return Converted::refused("not_yes_or_no", "expected yes or no, true or false, 1 or 0");
  }

 private:
  std::map<std::string, bool, std::less<>> words_;
};

}  // namespace

NumberLimits NumberLimits::of(const model::Field& column) {
  return {.min = column.min, .max = column.max, .scale = column.scale};
}

std::unique_ptr<Converter> make_integer(const NumberLimits& limits, const Decimal& factor) {
  return std::make_unique<IntegerConverter>(limits, factor);
}
std::unique_ptr<Converter> make_decimal(const NumberLimits& limits, const Decimal& factor) {
  return std::make_unique<DecimalConverter>(limits, factor);
}
std::unique_ptr<Converter> make_minutes(const NumberLimits& limits, std::int64_t per_minute) {
  return std::make_unique<MinutesConverter>(limits, per_minute);
}
std::unique_ptr<Converter> make_boolean(const std::optional<model::ValueMap>& values) {
  return std::make_unique<BooleanConverter>(values);
}

}  // namespace flit::mapping
