#include "mapping/choice_converters.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/edit_distance.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "mapping/text_converters.hpp"

namespace flit::mapping {
namespace {

using model::OtherValues;
using model::Value;

/// From what a source value may look like to the option's value over there.
class ChoiceTable {
 public:
  static Result<ChoiceTable> make(const model::FieldRule& rule, const model::Field& source,
                                  const model::Field& column) {
    ChoiceTable table;
    table.other_ = rule.values ? rule.values->other : OtherValues::fail;
    if (rule.fallback) {
      FLIT_TRY(fallback, table.option_of(column, *rule.fallback));
      table.fallback_ = fallback;
    }
    // A value map that only says what becomes of other values leaves the rest to the names.
    if (!rule.values || rule.values->pairs.empty()) {
      table.add_equal_options(source, column);
      return table;
    }
    for (const auto& [from, to] : rule.values->pairs) {
      FLIT_TRY(option, table.option_of(column, to));
      table.add(from, option);
      for (const model::Option& known : source.options)
        if (known.value == from) table.add(known.label, option);
    }
    return table;
  }

  struct Found {
    std::optional<std::string_view> value;
    std::string_view trouble;  ///< literal; empty: none
  };

  Found find(std::string_view text) const {
    if (const auto exact = exact_.find(text); exact != exact_.end()) return known(exact->second);
    if (const auto folded = folded_.find(text::fold(text)); folded != folded_.end())
      return known(folded->second);
    switch (other_) {
      case OtherValues::use_default:
        if (fallback_) return {*fallback_, "unknown_choice"};
        return {{}, "unknown_choice"};
      case OtherValues::null:
        return {{}, "unknown_choice"};
      case OtherValues::keep_text:
        return {text, "unknown_choice"};
      case OtherValues::fail:
        return {{}, "choice_not_mapped"};
    }
    return {};
  }

  bool refuses(const Found& found) const { return found.trouble == "choice_not_mapped"; }

 private:
  /// An empty option is a value that the map leaves out on purpose.
  static Found known(std::string_view option) {
    if (option.empty()) return {};
    return {option, {}};
  }

  void add(const std::string& from, const std::string& option) {
    exact_.emplace(from, option);
    folded_.emplace(text::fold(from), option);
  }

  void add_equal_options(const model::Field& source, const model::Field& column) {
    for (const model::Option& option : column.options) {
      add(option.value, option.value);
      add(option.label, option.value);
    }
    for (const model::Option& known : source.options) {
      // Of two options with one label the second is offered as "Label (value)".
      auto same = folded_.find(text::fold(fmt::format("{} ({})", known.label, known.value)));
      if (same == folded_.end()) same = folded_.find(text::fold(known.label));
      if (same != folded_.end()) add(known.value, std::string(same->second));
    }
  }

  static Result<std::string> option_of(const model::Field& column, const std::string& named) {
    if (named.empty()) return named;
    std::vector<std::string_view> labels;
    for (const model::Option& option : column.options) {
      if (option.value == named || option.label == named) return option.value;
      labels.push_back(option.label);
    }
    return Error{.fault = Fault::setup,
                 .message = fmt::format("'{}' is no option of {}", named, column.name),
                 .where = "value map",
                 .remedy = did_you_mean_text(named, labels)};
  }

  using Options = std::unordered_map<std::string, std::string, TextHash, std::equal_to<>>;

  Options exact_;
  Options folded_;
  OtherValues other_ = OtherValues::fail;
  std::optional<std::string> fallback_;
};

std::string not_mapped(std::string_view text) {
  constexpr std::size_t enough = 60;
  return fmt::format("'{}' stands in no value map", utf8::prefix_of_utf16_units(text, enough));
}

class ChoiceConverter final : public Converter {
 public:
  explicit ChoiceConverter(ChoiceTable table) : table_(std::move(table)) {}

  Converted convert(json::Value source, const Context& context) const override {
    std::string buffer;
    const std::string_view text = text_of(source, buffer);
    const auto found = table_.find(text);
    if (table_.refuses(found)) return Converted::refused(found.trouble, not_mapped(text));
    const Value value = found.value ? Value::text(*found.value, context.arena) : Value::null();
    if (found.trouble.empty()) return Converted::plain(value);
    return Converted::flagged(value, found.trouble, not_mapped(text));
  }

 private:
  ChoiceTable table_;
};

class ChoicesConverter final : public Converter {
 public:
  explicit ChoicesConverter(ChoiceTable table) : table_(std::move(table)) {}

  Converted convert(json::Value source, const Context& context) const override {
    std::vector<Value> values;
    std::set<std::string, std::less<>> seen;
    std::string unknown;
    for (const std::string& text : parts_of(source)) {
      const auto found = table_.find(text);
      if (table_.refuses(found)) return Converted::refused(found.trouble, not_mapped(text));
      if (!found.trouble.empty()) unknown = text;
      if (found.value && seen.emplace(*found.value).second)
        values.push_back(Value::text(*found.value, context.arena));
    }
    const Value list = values.empty() ? Value::null() : Value::list(values, context.arena);
    if (unknown.empty()) return Converted::plain(list);
    return Converted::flagged(list, "unknown_choice", not_mapped(unknown));
  }

 private:
  static std::vector<std::string> parts_of(json::Value source) {
    std::vector<std::string> parts;
    std::string buffer;
    if (source.is_array()) {
      for (const json::Value element : source.elements())
        parts.emplace_back(text_of(element, buffer));
    } else {
      for (const std::string_view part : text::split(text_of(source, buffer), ";"))
        if (!text::is_blank(part)) parts.emplace_back(part);
    }
    return parts;
  }

  ChoiceTable table_;
};

}  // namespace

Result<std::unique_ptr<Converter>> make_choice(const model::FieldRule& rule,
                                               const model::Field& source,
                                               const model::Field& column) {
  FLIT_TRY(table, ChoiceTable::make(rule, source, column));
  return std::unique_ptr<Converter>(std::make_unique<ChoiceConverter>(std::move(table)));
}

Result<std::unique_ptr<Converter>> make_choices(const model::FieldRule& rule,
                                                const model::Field& source,
                                                const model::Field& column) {
  FLIT_TRY(table, ChoiceTable::make(rule, source, column));
  return std::unique_ptr<Converter>(std::make_unique<ChoicesConverter>(std::move(table)));
}

}  // namespace flit::mapping
