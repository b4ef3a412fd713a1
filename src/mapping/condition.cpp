#include "mapping/condition.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/edit_distance.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "mapping/expression.hpp"
#include "mapping/text_converters.hpp"

namespace flit::mapping {
namespace {

using Kind = model::Condition::Kind;
using Compiled = std::unique_ptr<CompiledCondition>;

std::string form_of(std::string_view text) {
  return text::fold(text::trim(text));
}

class Always final : public CompiledCondition {
 public:
  bool holds(const RecordView&, std::string_view) const override { return true; }
};

class Missing final : public CompiledCondition {
 public:
  explicit Missing(std::size_t field) : field_(field) {}
  bool holds(const RecordView& record, std::string_view) const override {
    return is_empty(record.field(field_));
  }

 private:
  std::size_t field_;
};

class OneOf final : public CompiledCondition {
 public:
  OneOf(std::size_t field, const std::vector<std::string>& values, const model::Field& source)
      : field_(field) {
    for (const std::string& value : values) forms_.insert(form_of(value));
    for (const model::Option& option : source.options)
      if (forms_.contains(form_of(option.label))) forms_.insert(form_of(option.value));
  }
  bool holds(const RecordView& record, std::string_view) const override {
    const json::Value value = record.field(field_);
    if (is_empty(value)) return false;
    std::string buffer;
    return forms_.contains(form_of(text_of(value, buffer)));
  }

 private:
  std::size_t field_;
  std::set<std::string, std::less<>> forms_;
};

/// Two fields of one record, compared.
class Comparison final : public CompiledCondition {
 public:
  Comparison(Kind kind, std::size_t field, std::size_t other)
      : kind_(kind), field_(field), other_(other) {}
  bool holds(const RecordView& record, std::string_view) const override {
    const json::Value one = record.field(field_);
    const json::Value other = record.field(other_);
    if (is_empty(one) || is_empty(other)) return false;
    std::string one_buffer;
    std::string other_buffer;
    const std::string_view one_text = text_of(one, one_buffer);
    const std::string_view other_text = text_of(other, other_buffer);
    if (kind_ == Kind::differs) return one_text != other_text;
    const auto one_moment = parse_instant(one_text);
    const auto other_moment = parse_instant(other_text);
    return one_moment && other_moment && *one_moment < *other_moment;
  }

 private:
  Kind kind_;
  std::size_t field_;
  std::size_t other_;
};

class Combination final : public CompiledCondition {
 public:
  Combination(Kind kind, std::vector<Compiled> parts) : kind_(kind), parts_(std::move(parts)) {}
  bool holds(const RecordView& record, std::string_view payload) const override {
    const auto part = [&](const Compiled& one) { return one->holds(record, payload); };
    if (kind_ == Kind::all) return std::all_of(parts_.begin(), parts_.end(), part);
    if (kind_ == Kind::any) return std::any_of(parts_.begin(), parts_.end(), part);
    return std::none_of(parts_.begin(), parts_.end(), part);
  }

 private:
  Kind kind_;
  std::vector<Compiled> parts_;
};

class ExpressionCondition final : public CompiledCondition {
 public:
  explicit ExpressionCondition(std::unique_ptr<Expression> expression)
      : expression_(std::move(expression)) {}
  bool holds(const RecordView&, std::string_view payload) const override {
    return expression_->is_true(payload);
  }

 private:
  std::unique_ptr<Expression> expression_;
};

Result<std::size_t> field_number(const std::string& named, const model::Object& source,
                                 const FieldNumbers& numbers) {
  if (const auto number = numbers.find(named)) return *number;
  std::vector<std::string_view> names;
  for (const model::Field& field : source.fields) names.push_back(field.name);
  return Error{.fault = Fault::setup,
               .message = fmt::format("{} has no field '{}'", source.name, named),
               .where = "condition",
               .remedy = did_you_mean_text(named, names)};
}

}  // namespace

Result<Compiled> compile_condition(const model::Condition& condition, const model::Object& source,
                                   const FieldNumbers& numbers) {
  switch (condition.kind) {
    case Kind::always:
      return Compiled(std::make_unique<Always>());
    case Kind::missing: {
      FLIT_TRY(number, field_number(condition.field, source, numbers));
      return Compiled(std::make_unique<Missing>(number));
    }
    case Kind::equals:
    case Kind::in: {
      FLIT_TRY(number, field_number(condition.field, source, numbers));
      return Compiled(std::make_unique<OneOf>(number, condition.values, source.fields[number]));
    }
    case Kind::before:
    case Kind::differs: {
      FLIT_TRY(number, field_number(condition.field, source, numbers));
      FLIT_TRY(other, field_number(condition.other, source, numbers));
      return Compiled(std::make_unique<Comparison>(condition.kind, number, other));
    }
    case Kind::expression: {
      FLIT_TRY(expression, Expression::compile(condition.expression));
      return Compiled(std::make_unique<ExpressionCondition>(std::move(expression)));
    }
    case Kind::all:
    case Kind::any:
    case Kind::negation:
      break;
  }
  std::vector<Compiled> parts;
  for (const model::Condition& part : condition.parts) {
    FLIT_TRY(compiled, compile_condition(part, source, numbers));
    parts.push_back(std::move(compiled));
  }
  return Compiled(std::make_unique<Combination>(condition.kind, std::move(parts)));
}

}  // namespace flit::mapping
