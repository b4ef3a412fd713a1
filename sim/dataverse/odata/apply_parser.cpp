// $apply: filter(…)/groupby((…),aggregate(…)), fact sheet §13 and the aggregation methods that the
// platform documents (sum, average, min, max, countdistinct, $count).
#include <string_view>

#include "sim/dataverse/odata/lexer.hpp"
#include "sim/dataverse/odata/query_options.hpp"
#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

constexpr AggregateMethod methods[] = {AggregateMethod::sum, AggregateMethod::average,
                                       AggregateMethod::min, AggregateMethod::max,
                                       AggregateMethod::count_distinct};

/// Position behind the parenthesis that closes the one at `open`, quotes respected; npos if none.
std::size_t closing(std::string_view text, std::size_t open) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i + 1;
  }
  return std::string_view::npos;
}

class ApplyParser {
 public:
  explicit ApplyParser(std::string_view text) : lexer_(text) {}

  Result<void> parse(Apply& apply) {
    FLIT_TRY_VOID(lexer_.advance());
    if (lexer_.current().is("groupby")) {
      FLIT_TRY_VOID(group_by(apply));
    } else if (lexer_.current().is("aggregate")) {
      FLIT_TRY_VOID(aggregates(apply));
    } else {
      return lexer_.expected("aggregate|filter|groupby");
    }
    if (lexer_.current().kind != TokenKind::end) return lexer_.syntax_error();
    return {};
  }

 private:
  Result<void> skip(char mark) {
    if (!lexer_.current().is(mark)) return lexer_.expected(std::string("'") + mark + "'");
    return lexer_.advance();
  }

  Result<std::string> path() {
    std::string path;
    for (;;) {
      if (lexer_.current().kind != TokenKind::identifier) return lexer_.expected("Expression");
      path.append(lexer_.current().text);
      FLIT_TRY_VOID(lexer_.advance());
      if (!lexer_.current().is('/')) return path;
      path.push_back('/');
      FLIT_TRY_VOID(lexer_.advance());
    }
  }

  Result<void> group_by(Apply& apply) {
    FLIT_TRY_VOID(lexer_.advance());
    FLIT_TRY_VOID(skip('('));
    FLIT_TRY_VOID(skip('('));
    for (;;) {
      FLIT_TRY(name, path());
      apply.group_by.push_back(std::move(name));
      if (!lexer_.current().is(',')) break;
      FLIT_TRY_VOID(lexer_.advance());
    }
    FLIT_TRY_VOID(skip(')'));
    if (lexer_.current().is(',')) {
      FLIT_TRY_VOID(lexer_.advance());
      if (!lexer_.current().is("aggregate")) return lexer_.expected("aggregate");
      FLIT_TRY_VOID(aggregates(apply));
    }
    return skip(')');
  }

  Result<void> aggregates(Apply& apply) {
    FLIT_TRY_VOID(lexer_.advance());
    FLIT_TRY_VOID(skip('('));
    for (;;) {
      FLIT_TRY(aggregate, one_aggregate());
      apply.aggregates.push_back(std::move(aggregate));
      if (!lexer_.current().is(',')) break;
      FLIT_TRY_VOID(lexer_.advance());
    }
    return skip(')');
  }

  Result<Aggregate> one_aggregate() {
    Aggregate aggregate;
    if (lexer_.current().is("$count")) {
      FLIT_TRY_VOID(lexer_.advance());
    } else {
      FLIT_TRY(name, path());
      aggregate.path = std::move(name);
      if (!lexer_.current().is("with")) return lexer_.expected("with");
      FLIT_TRY_VOID(lexer_.advance());
      bool known = false;
      for (const AggregateMethod method : methods)
        if (lexer_.current().is(to_string(method))) {
          aggregate.method = method;
          known = true;
        }
      if (!known) return lexer_.syntax_error();
      FLIT_TRY_VOID(lexer_.advance());
    }
    if (!lexer_.current().is("as")) return lexer_.expected("as");
    FLIT_TRY_VOID(lexer_.advance());
    if (lexer_.current().kind != TokenKind::identifier) return lexer_.expected("Expression");
    aggregate.alias = lexer_.current().text;
    FLIT_TRY_VOID(lexer_.advance());
    return aggregate;
  }

  Lexer lexer_;
};

}  // namespace

std::string_view to_string(AggregateMethod method) {
  switch (method) {
    case AggregateMethod::sum:
      return "sum";
    case AggregateMethod::average:
      return "average";
    case AggregateMethod::min:
      return "min";
    case AggregateMethod::max:
      return "max";
    case AggregateMethod::count_distinct:
      return "countdistinct";
    case AggregateMethod::count:
      return "$count";
    case AggregateMethod::count_values:
      return "countcolumn";
  }
  return "";
}

Result<Apply> parse_apply(std::string_view decoded, const Aliases& aliases) {
  Apply apply;
  constexpr std::string_view filter = "filter(";
  if (decoded.substr(0, filter.size()) == filter) {
    const std::size_t end = closing(decoded, filter.size() - 1);
    if (end == std::string_view::npos) return expected_fault("')'", decoded.size(), decoded);
    FLIT_TRY(condition,
             parse_filter(decoded.substr(filter.size(), end - 1 - filter.size()), aliases));
    apply.filter = std::move(condition);
    decoded.remove_prefix(end);
    if (decoded.empty()) return apply;
    if (decoded.front() != '/') return syntax_fault(0, decoded);
    decoded.remove_prefix(1);
  }
  FLIT_TRY_VOID(ApplyParser(decoded).parse(apply));
  return apply;
}

std::string to_string(const Apply& apply) {
  std::string aggregates;
  for (const Aggregate& aggregate : apply.aggregates) {
    aggregates.append(aggregates.empty() ? "aggregate(" : ",");
    if (aggregate.method == AggregateMethod::count)
      aggregates.append("$count");
    else
      aggregates.append(aggregate.path).append(" with ").append(to_string(aggregate.method));
    aggregates.append(" as ").append(aggregate.alias);
  }
  if (!aggregates.empty()) aggregates.push_back(')');
  std::string out;
  if (apply.filter) out.append("filter(").append(to_string(*apply.filter)).append(")");
  if (!out.empty() && (!aggregates.empty() || !apply.group_by.empty())) out.push_back('/');
  if (apply.group_by.empty()) return out.append(aggregates);
  std::string groups;
  for (const std::string& path : apply.group_by)
    groups.append(groups.empty() ? "groupby((" : ",").append(path);
  out.append(groups).append(")");
  if (!aggregates.empty()) out.append(",").append(aggregates);
  return out.append(")");
}

}  // namespace flit::sim::dataverse::odata
