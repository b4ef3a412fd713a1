// The bound filter agrees with a naive reading of the same text: a second evaluator, straight over
// the expression tree and the rows' own fields, without binding, views or shared code.
#include <algorithm>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/dataverse/odata/predicate.hpp"
#include "sim/dataverse/odata/retrieve.hpp"
#include "tests/unit/sim_dataverse_odata/memory_table.hpp"

namespace flit::test {
namespace {

template <typename T>
std::optional<T> maybe(T value) {
  if (*rc::gen::resize(100, rc::gen::inRange(0, 4)) == 0) return std::nullopt;
  return value;
}

std::string random_name() {
  return *rc::gen::element<std::string>("Ab", "aB", "abc", "ABCD", "b", "", "zz", "a'b");
}

int random_number() {
  return *rc::gen::resize(100, rc::gen::inRange(-3, 4));
}

MemoryTable random_table() {
  MemoryTable table;
  const int count = *rc::gen::resize(100, rc::gen::inRange(1, 12));
  for (int i = 1; i <= count; ++i)
    table.add({.id = uuid_of(i),
               .name = maybe(random_name()),
               .revenue = maybe(std::to_string(random_number()) + ".5"),
               .employees = maybe<std::int64_t>(random_number()),
               .donotemail = maybe(*rc::gen::arbitrary<bool>()),
               .parent = maybe(uuid_of(*rc::gen::inRange(1, count + 1)))});
  return table;
}

Expression path(const std::string& name) {
  return {.kind = ExpressionKind::path, .name = name};
}

Expression constant(LiteralKind kind, const std::string& text) {
  return {.kind = ExpressionKind::literal, .literal = {kind, text, {}}};
}

/// A comparison whose operands fit; `prefix` is "" or a lambda variable with its slash.
Expression random_comparison(const std::string& prefix) {
  Expression node{.kind = ExpressionKind::comparison,
                  .comparison = *rc::gen::element(Comparison::eq, Comparison::ne, Comparison::gt,
                                                  Comparison::ge, Comparison::lt, Comparison::le)};
  const std::string parent = *rc::gen::element<std::string>("", "parentid/", "parentid/parentid/");
  switch (*rc::gen::resize(100, rc::gen::inRange(0, 5))) {
    case 0:
      node.children = {path(prefix + parent + "name"), constant(LiteralKind::text, random_name())};
      break;
    case 1:
      node.children = {path(prefix + parent + "employees"),
                       constant(LiteralKind::integer, std::to_string(random_number()))};
      break;
    case 2:
      node.children = {path(prefix + "revenue"),
                       constant(LiteralKind::decimal, std::to_string(random_number()) + ".50")};
      break;
    case 3:
      node.children = {path(prefix + "name"), constant(LiteralKind::null, "")};
      break;
    default:
      node.kind = ExpressionKind::text_function;
      node.function = *rc::gen::element(TextFunction::contains, TextFunction::startswith,
                                        TextFunction::endswith);
      node.children = {path(prefix + "name"), constant(LiteralKind::text, random_name())};
  }
  return node;
}

Expression random_typed(int depth, const std::string& prefix) {
  const int kind = depth == 0 ? 0 : *rc::gen::resize(100, rc::gen::inRange(0, 5));
  if (kind == 0) return random_comparison(prefix);
  Expression node;
  if (kind == 4) {
    node.kind = *rc::gen::element(ExpressionKind::any, ExpressionKind::all);
    node.name = prefix + "children";
    node.variable = prefix.empty() ? "x" : "y";
    node.children = {random_typed(depth - 1, node.variable + "/")};
    return node;
  }
  node.kind = kind == 1   ? ExpressionKind::conjunction
              : kind == 2 ? ExpressionKind::disjunction
                          : ExpressionKind::negation;
  const int count = kind == 3 ? 1 : *rc::gen::inRange(2, 4);
  for (int i = 0; i < count; ++i) node.children.push_back(random_typed(depth - 1, prefix));
  return node;
}

using Answer = std::optional<bool>;  // none: unknown

class Naive {
 public:
  explicit Naive(const MemoryTable& table) : table_(table) {}

  Answer judge(const Expression& node, const MemoryRow* row) const {
    switch (node.kind) {
      case ExpressionKind::conjunction:
        return all_of(node, row, false);
      case ExpressionKind::disjunction:
        return all_of(node, row, true);
      case ExpressionKind::negation: {
        const Answer inner = judge(node.children[0], row);
        return inner ? Answer(!*inner) : inner;
      }
      case ExpressionKind::any:
      case ExpressionKind::all:
        return quantified(node, row);
      default:
        return leaf(node, row);
    }
  }

 private:
  Answer all_of(const Expression& node, const MemoryRow* row, bool wanted) const {
    bool unknown = false;
    for (const auto& child : node.children) {
      const Answer answer = judge(child, row);
      if (!answer) unknown = true;
      if (answer && *answer == wanted) return wanted;
    }
    return unknown ? Answer() : Answer(!wanted);
  }

  Answer quantified(const Expression& node, const MemoryRow* row) const {
    int elements = 0;
    int hits = 0;
    for (const auto& [id, child] : table_.rows) {
      if (!child.parent || *child.parent != row->id) continue;
      ++elements;
      if (judge(node.children[0], &child).value_or(false)) ++hits;
    }
    return node.kind == ExpressionKind::any ? hits > 0 : hits == elements;
  }

  static std::string upper(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(c));
    return text;
  }

  /// The row that a path leads to, null where a step leads nowhere; leaves the path's last name.
  const MemoryRow* followed(std::string& path, const MemoryRow* row) const {
    while (path.rfind("parentid/", 0) == 0) {
      path = path.substr(9);
      if (row == nullptr) continue;
      row = row->parent && table_.rows.contains(*row->parent) ? &table_.rows.at(*row->parent)
                                                              : nullptr;
    }
    return row;
  }

  Answer leaf(const Expression& node, const MemoryRow* row) const {
    std::string name = node.children[0].name;
    for (const std::string variable : {"x/", "y/"})
      if (name.rfind(variable, 0) == 0) name = name.substr(2);
    row = followed(name, row);
    const Literal& literal = node.children[1].literal;
    if (name == "name") {
      const auto value = row ? row->name : std::nullopt;
      if (node.kind == ExpressionKind::text_function) return text_function(node, value, literal);
      if (literal.kind == LiteralKind::null) return null_check(node.comparison, !value);
      return compare(node.comparison, value ? std::optional(upper(*value)) : value,
                     upper(literal.text));
    }
    if (name == "employees")
      return compare(node.comparison, row ? row->employees : std::nullopt,
                     static_cast<std::int64_t>(std::stoll(literal.text)));
    const auto revenue =
        row && row->revenue ? std::optional(std::stod(*row->revenue)) : std::nullopt;
    return compare(node.comparison, revenue, std::stod(literal.text));
  }

  static Answer null_check(Comparison comparison, bool is_null) {
    if (comparison == Comparison::eq) return is_null;
    if (comparison == Comparison::ne) return !is_null;
    return std::nullopt;
  }

  static Answer text_function(const Expression& node, const std::optional<std::string>& value,
                              const Literal& literal) {
    if (!value) return std::nullopt;
    const std::string text = upper(*value);
    const std::string part = upper(literal.text);
    if (node.function == TextFunction::contains) return text.find(part) != std::string::npos;
    if (part.size() > text.size()) return false;
    const std::size_t at =
        node.function == TextFunction::startswith ? 0 : text.size() - part.size();
    return text.compare(at, part.size(), part) == 0;
  }

  template <typename T>
  static Answer compare(Comparison comparison, const std::optional<T>& left, const T& right) {
    if (!left) return comparison == Comparison::ne ? Answer(true) : Answer();
    switch (comparison) {
      case Comparison::eq:
        return *left == right;
      case Comparison::ne:
        return *left != right;
      case Comparison::gt:
        return *left > right;
      case Comparison::ge:
        return *left >= right;
      case Comparison::lt:
        return *left < right;
      default:
        return *left <= right;
    }
  }

  const MemoryTable& table_;
};

RC_GTEST_PROP(FilterEvaluation, AgreesWithANaiveReading, ()) {
  const MemoryTable table = random_table();
  const Expression filter = random_typed(3, "");

  const auto parsed = parse_filter(to_string(filter), {});
  RC_ASSERT(parsed.has_value());
  const auto predicate = Predicate::bind(*parsed, table, {});

  if (!predicate) RC_FAIL(to_string(filter) + ": " + predicate.error().text());
  for (const auto& [id, row] : table.rows) {
    const bool expected = Naive(table).judge(filter, &row).value_or(false);
    if (predicate->matches(MemoryView(table, row)) != expected)
      RC_FAIL(to_string(filter) + " on row " + id.text());
  }
}

RC_GTEST_PROP(Paging, AnyOrderAndPageSizeGivesEveryRowOnce, ()) {
  const MemoryTable table = random_table();
  QueryOptions query;
  const auto columns = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "name", "revenue", "employees", "donotemail", "parentid/name", "_parentid_value"));
  for (const auto& column : columns)
    query.order_by.push_back({column, *rc::gen::arbitrary<bool>()});
  const int size = *rc::gen::resize(100, rc::gen::inRange(1, 6));
  const RowWalk walk = [&](const std::optional<Uuid>& after, const RowVisitor& visit) {
    table.scan(after, visit);
  };
  const auto whole = retrieve_page(walk, *page_query(query, 5000, table, nullptr));

  std::vector<Uuid> all;
  for (;;) {
    const auto bound = page_query(query, size, table, nullptr);
    RC_ASSERT(bound.has_value());
    const auto page = retrieve_page(walk, *bound);
    RC_ASSERT(page.has_value());
    all.insert(all.end(), page->rows.begin(), page->rows.end());
    if (!page->next) break;
    query.skip_token = skip_token(*page->next);
  }

  RC_ASSERT(all == whole->rows);
  RC_ASSERT(all.size() == table.rows.size());
}

}  // namespace
}  // namespace flit::test
