// The platform's query functions (fact sheet §13; names from its query function reference), shared
// by $filter and FetchXML. Each becomes a span of time, a list, a pattern or a walk up a hierarchy.
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "sim/dataverse/odata/predicate.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

using Kind = Condition::Kind;

Condition negated(Condition condition) {
  Condition negation{.kind = Kind::negation};
  negation.children.push_back(std::move(condition));
  return negation;
}

/// The platform's negative conditions include rows without a value, as its "ne" does.
Condition negated_or_null(Condition condition) {
  Condition either{.kind = Kind::disjunction};
  either.children.push_back(Condition{.kind = Kind::is_null, .path = condition.path});
  either.children.push_back(negated(std::move(condition)));
  return either;
}

/// The values in order when all of them are ids, else nothing.
std::vector<Uuid> sorted_ids(const std::vector<Constant>& values) {
  std::vector<Uuid> ids;
  for (const Constant& constant : values) {
    const Value value = constant.value();
    if (value.kind != Value::Kind::guid) return {};
    ids.push_back(value.id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

class Functions {
 public:
  Functions(const FunctionCall& call, const TableView& table, const QueryContext& context)
      : call_(call), table_(table), context_(context) {}

  Result<Condition> bind() {
    if (const auto parameters = span_parameters(call_.name)) return named_span(*parameters);
    if (auto user = about_caller()) return std::move(*user);
    using Make = Result<Condition> (Functions::*)();
    constexpr std::pair<std::string_view, Make> table[] = {
        {"In", &Functions::in},
        {"NotIn", &Functions::not_in},
        {"Between", &Functions::between},
        {"NotBetween", &Functions::not_between},
        {"On", &Functions::on},
        {"NotOn", &Functions::not_on},
        {"OnOrBefore", &Functions::on_or_before},
        {"OnOrAfter", &Functions::on_or_after},
        {"ContainValues", &Functions::contain_values},
        {"DoesNotContainValues", &Functions::not_contain_values},
        {"Under", &Functions::under},
        {"UnderOrEqual", &Functions::under_or_equal},
        {"NotUnder", &Functions::not_under},
        {"Above", &Functions::above},
        {"AboveOrEqual", &Functions::above_or_equal},
    };
    for (const auto& [name, make] : table)
      if (name == call_.name) return (this->*make)();
    return uri_fault(
        fmt::format("An unknown function with name 'Microsoft.Dynamics.CRM.{}' was "
                    "found. This may also be a function import or a key lookup on a "
                    "navigation property, which is not allowed.",
                    call_.name));
  }

 private:
  Error wrong_arguments() const {
    return uri_fault(fmt::format(
        "The values given to the function 'Microsoft.Dynamics.CRM.{}' do not fit the property.",
        call_.name));
  }

  Result<Condition> named_span(int parameters) const {
    if (!is_moment()) return wrong_arguments();
    std::int64_t numbers[2] = {0, 0};
    if (static_cast<int>(call_.values.size()) != parameters) return wrong_arguments();
    for (int i = 0; i < parameters; ++i) {
      const std::string& text = call_.values[static_cast<std::size_t>(i)];
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]);
      if (error != std::errc() || end != text.data() + text.size()) return wrong_arguments();
    }
    return in_span(span_of(call_.name, context_.now, numbers[0], numbers[1]));
  }

  Condition in_span(TimeSpan span) const {
    return Condition{.kind = Kind::in_span, .path = call_.path, .span = span};
  }

  bool is_moment() const {
    return call_.path.property.type == ValueType::instant ||
           call_.path.property.type == ValueType::date;
  }

  /// Functions that compare with the caller; none if this is not one of them.
  std::optional<Result<Condition>> about_caller() const {
    std::vector<Uuid> ids;
    const std::string_view name = call_.name;
    if (name == "EqualUserLanguage")
      return Result<Condition>(
          one_of({Constant(Value{.kind = Value::Kind::integer, .number = context_.language})}));
    if (name == "EqualBusinessId" || name == "NotEqualBusinessId" || name == "NotBusinessId")
      ids = {context_.business_unit};
    else if (name == "EqualUserId" || name == "NotEqualUserId" ||
             name == "EqualUserOrUserHierarchy")
      ids = {context_.user};
    else if (name == "EqualUserTeams" || name == "EqualUserOrUserTeams" ||
             name == "EqualUserOrUserHierarchyAndTeams")
      ids = context_.teams;
    else
      return std::nullopt;
    if (name == "EqualUserOrUserTeams" || name == "EqualUserOrUserHierarchyAndTeams")
      ids.push_back(context_.user);
    std::vector<Constant> values;
    for (const Uuid& id : ids) values.emplace_back(Value{.kind = Value::Kind::guid, .id = id});
    Condition condition = one_of(std::move(values));
    const bool negative = name.substr(0, 3) == "Not";
    return Result<Condition>(negative ? negated_or_null(std::move(condition))
                                      : std::move(condition));
  }

  Condition one_of(std::vector<Constant> values) const {
    std::vector<Uuid> ids = sorted_ids(values);
    return Condition{.kind = Kind::one_of,
                     .path = call_.path,
                     .values = std::move(values),
                     .ids = std::move(ids)};
  }

  std::optional<std::vector<Constant>> converted() const {
    std::vector<Constant> values;
    for (const std::string& text : call_.values) {
      auto constant = convert_text(text, call_.path.property.type);
      if (!constant) return std::nullopt;
      values.push_back(std::move(*constant));
    }
    return values;
  }

  Result<Condition> in() {
    auto values = converted();
    if (!values || values->empty()) return wrong_arguments();
    return one_of(std::move(*values));
  }

  Result<Condition> not_in() {
    FLIT_TRY(condition, in());
    return negated_or_null(std::move(condition));
  }

  Result<Condition> between() {
    auto values = converted();
    if (!values || values->size() != 2) return wrong_arguments();
    Condition both{.kind = Kind::conjunction};
    for (const auto& [comparison, index] :
         {std::pair(Comparison::ge, 0U), std::pair(Comparison::le, 1U)}) {
      Condition edge{.kind = Kind::compare, .comparison = comparison, .path = call_.path};
      edge.values.push_back((*values)[index]);
      both.children.push_back(std::move(edge));
    }
    return both;
  }

  Result<Condition> not_between() {
    FLIT_TRY(condition, between());
    return negated(std::move(condition));
  }

  Result<TimeSpan> day() const {
    if (call_.values.size() != 1 || !is_moment()) return wrong_arguments();
    const auto moment = convert_text(call_.values.front(), ValueType::date);
    if (!moment) return wrong_arguments();
    const std::int64_t start = moment->value().number * 86'400;
    return TimeSpan{start, start + 86'400};
  }

  Result<Condition> on() {
    FLIT_TRY(span, day());
    return in_span(span);
  }

  Result<Condition> not_on() {
    FLIT_TRY(span, day());
    return negated_or_null(in_span(span));
  }

  Result<Condition> on_or_before() {
    FLIT_TRY(span, day());
    return in_span({{}, span.to});
  }

  Result<Condition> on_or_after() {
    FLIT_TRY(span, day());
    return in_span({span.from, {}});
  }

  Result<Condition> contain_values() {
    if (call_.path.property.type != ValueType::choices || call_.values.empty())
      return wrong_arguments();
    Condition condition = one_of(*converted());
    condition.kind = Kind::has_choice;
    return condition;
  }

  Result<Condition> not_contain_values() {
    FLIT_TRY(condition, contain_values());
    return negated_or_null(std::move(condition));
  }

  /// Rows below the given one, by the table's own hierarchy.
  Result<Condition> under() {
    const auto parent = table_.parent();
    auto values = converted();
    if (!parent || !values || values->size() != 1 || call_.path.property.type != ValueType::guid)
      return wrong_arguments();
    return Condition{.kind = Kind::below,
                     .parent = parent->handle,
                     .path = call_.path,
                     .values = std::move(*values)};
  }

  Result<Condition> under_or_equal() {
    FLIT_TRY(condition, under());
    condition.or_equal = true;
    return condition;
  }

  Result<Condition> not_under() {
    FLIT_TRY(condition, under());
    return negated(std::move(condition));
  }

  /// The ancestors of a row are few: they are looked up once, when the filter is bound.
  Result<Condition> ancestors(bool or_equal) {
    const auto parent = table_.parent();
    const auto values = converted();
    if (!parent || !values || values->size() != 1) return wrong_arguments();
    const Uuid start = values->front().value().id;
    std::vector<Constant> found;
    if (or_equal) found.push_back(values->front());
    Uuid at = start;
    for (int depth = 0; depth < 100; ++depth) {
      std::optional<Uuid> next;
      table_.find(at, [&](const RowView& row) {
        row.follow(parent->handle, [&](const RowView& above) {
          next = above.id();
          return false;
        });
        return false;
      });
      if (!next || *next == start) break;
      found.emplace_back(Value{.kind = Value::Kind::guid, .id = *next});
      at = *next;
    }
    return one_of(std::move(found));
  }

  Result<Condition> above() { return ancestors(false); }
  Result<Condition> above_or_equal() { return ancestors(true); }

  const FunctionCall& call_;
  const TableView& table_;
  const QueryContext& context_;
};

}  // namespace

Result<Condition> bind_function(const FunctionCall& call, const TableView& table,
                                const QueryContext& context) {
  return Functions(call, table, context).bind();
}

}  // namespace flit::sim::dataverse::odata
