#pragma once
/// @file Random filters for the properties of the query language.

#include <string>
#include <vector>

#include <rapidcheck.h>

#include "sim/dataverse/odata/expression.hpp"

namespace flit::test {

using namespace sim::dataverse::odata;  // NOLINT(google-build-using-namespace): a test's own words

inline Literal random_literal() {
  switch (*rc::gen::resize(100, rc::gen::inRange(0, 8))) {
    case 0:
      return {};
    case 1:
      return {LiteralKind::boolean, *rc::gen::element<std::string>("true", "false"), {}};
    case 2:
      return {LiteralKind::integer, std::to_string(*rc::gen::arbitrary<int>()), {}};
    case 3:
      return {LiteralKind::decimal, std::to_string(*rc::gen::inRange(-99, 99)) + ".25", {}};
    case 4:
      return {LiteralKind::guid, "0f8fad5b-d9cb-469f-a165-70867728950e", {}};
    case 5:
      return {LiteralKind::date, "2016-02-29", {}};
    case 6:
      return {LiteralKind::instant, "2016-09-28T22:57:53Z", {}};
    default:
      break;
  }
  return {LiteralKind::text,
          *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab'% &()/ö\"@,"))),
          {}};
}

inline Expression random_path() {
  return {
      .kind = ExpressionKind::path,
      .name = *rc::gen::element<std::string>("name", "revenue", "a/b", "_x_value", "notes", "any")};
}

inline Expression random_operand() {
  if (*rc::gen::arbitrary<bool>()) return random_path();
  return {.kind = ExpressionKind::literal, .literal = random_literal()};
}

inline Expression random_filter(int depth) {
  const int kinds = depth > 0 ? 7 : 3;
  Expression node;
  const auto add_filters = [&](int count) {
    for (int i = 0; i < count; ++i) node.children.push_back(random_filter(depth - 1));
  };
  switch (*rc::gen::resize(100, rc::gen::inRange(0, kinds))) {
    case 0:
      node.kind = ExpressionKind::comparison;
      node.comparison = *rc::gen::element(Comparison::eq, Comparison::ne, Comparison::gt,
                                          Comparison::ge, Comparison::lt, Comparison::le);
      node.children = {random_operand(), random_operand()};
      return node;
    case 1:
      node.kind = ExpressionKind::text_function;
      node.function = *rc::gen::element(TextFunction::contains, TextFunction::startswith,
                                        TextFunction::endswith);
      node.children = {random_path(), random_operand()};
      return node;
    case 2: {
      node.kind = ExpressionKind::query_function;
      node.name = *rc::gen::element<std::string>("In", "LastXDays", "Under");
      Argument list{.name = "PropertyValues", .is_list = true};
      const int count = *rc::gen::inRange(0, 3);
      for (int i = 0; i < count; ++i) list.values.push_back(random_literal());
      node.arguments = {Argument{.name = "PropertyName", .values = {random_literal()}}, list};
      return node;
    }
    case 3:
      node.kind = ExpressionKind::conjunction;
      add_filters(*rc::gen::inRange(2, 4));
      return node;
    case 4:
      node.kind = ExpressionKind::disjunction;
      add_filters(*rc::gen::inRange(2, 4));
      return node;
    case 5:
      node.kind = ExpressionKind::negation;
      add_filters(1);
      return node;
    default:
      break;
  }
  node.kind = *rc::gen::element(ExpressionKind::any, ExpressionKind::all);
  node.name = "tasks";
  node.variable = "o";
  add_filters(1);
  return node;
}

}  // namespace flit::test
