#include "sim/salesforce/query/query_limits.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace flit::sim::salesforce {
namespace {

using Kind = soql::Expression::Kind;

bool names_a_link(const soql::Expression& expression) {
  const auto is_one_of = [&](std::string_view path) {
    return text::equals_ascii_fold(path, "Id") ||
           text::equals_ascii_fold(path, "ContentDocumentId") ||
           text::equals_ascii_fold(path, "LinkedEntityId");
  };
  switch (expression.kind) {
    case Kind::compare:
      return expression.comparison == soql::Operator::eq && is_one_of(expression.operand.path);
    case Kind::one_of:
    case Kind::semi_join:
      return !expression.negated && is_one_of(expression.operand.path);
    case Kind::conjunction:
      return std::any_of(expression.children.begin(), expression.children.end(), names_a_link);
    case Kind::disjunction:
      return std::all_of(expression.children.begin(), expression.children.end(), names_a_link);
    case Kind::negation:
      return false;
  }
  return false;
}

}  // namespace

Answer<void> check_query_limits(const soql::Query& query) {
  if (!text::equals_ascii_fold(query.from, "ContentDocumentLink")) return {};
  if (query.where && names_a_link(*query.where)) return {};
  return refuse(
      "MALFORMED_QUERY",
      "Implementation restriction: ContentDocumentLink requires a filter by a single Id on "
      "ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using "
      "the IN operator.");
}

}  // namespace flit::sim::salesforce
