#include "mapping/condition.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/edit_distance.hpp"
#include "base/text.hpp"
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

Result<std::size_t> field_number(const model::Condition& condition, const model::Object& source,
                                 const FieldNumbers& numbers) {
  if (const auto number = numbers.find(condition.field)) return *number;
  std::vector<std::string_view> names;
  for (const model::Field& field : source.fields) names.push_back(field.name);
  return Error{.fault = Fault::setup,
               .message = fmt::format("{} has no field '{}'", source.name, condition.field),
               .where = "condition",
               .remedy = did_you_mean_text(condition.field, names)};
}

}  // namespace

Result<Compiled> compile_condition(const model::Condition& condition, const model::Object& source,
                                   const FieldNumbers& numbers) {
  switch (condition.kind) {
    case Kind::always:
      return Compiled(std::make_unique<Always>());
    case Kind::missing: {
      FLIT_TRY(number, field_number(condition, source, numbers));
      return Compiled(std::make_unique<Missing>(number));
    }
    case Kind::equals:
    case Kind::in: {
      FLIT_TRY(number, field_number(condition, source, numbers));
      return Compiled(std::make_unique<OneOf>(number, condition.values, source.fields[number]));
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
