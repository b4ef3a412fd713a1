// ?sql= over a table in memory that is joined with itself: what a statement answers, or why it is
// refused.
#include <string>

#include <gtest/gtest.h>

#include "sim/dataverse/odata/sql_query.hpp"
#include "tests/unit/sim_dataverse_odata/memory_table.hpp"

namespace flit::test {
namespace {

/// 1 Alpha ← 2 beta ← 3 alpha, 4 without anything.
MemoryTable companies() {
  MemoryTable table;
  table.add({.id = uuid_of(1), .name = "Alpha", .revenue = "10.5", .employees = 1});
  table.add({.id = uuid_of(2),
             .name = "beta",
             .revenue = "20",
             .employees = 2,
             .donotemail = true,
             .parent = uuid_of(1)});
  table.add({.id = uuid_of(3), .name = "alpha", .employees = 2, .parent = uuid_of(2)});
  table.add({.id = uuid_of(4)});
  return table;
}

std::string joined(const std::string& left, const std::string& mark, const std::string& right) {
  return left.empty() ? right : left + mark + right;
}

/// "1/2 3/-": ids of each row's tables, "-" for none; or the totals; or the refusal's code.
std::string answer(const std::string& sql) {
  const MemoryTable table = companies();
  const TableFinder tables = [&](std::string_view name) {
    return name == "account" ? &table : nullptr;
  };
  const auto query = parse_sql(sql, tables);
  if (!query) return query.error().code;
  const auto page = run_fetch(*query, tables, {}, std::nullopt);
  if (!page) return page.error().code;
  std::string out;
  for (const auto& row : page->rows) {
    std::string text;
    for (const auto& id : row)
      text = joined(text, "/", id ? std::to_string(id->bytes()[15]) : std::string("-"));
    out = joined(out, " ", text);
  }
  for (const auto& row : page->totals) {
    std::string text;
    for (const auto& value : row)
      text = joined(text, "/", value.value().is_null() ? "-" : to_text(value.value()));
    out = joined(out, " ", text);
  }
  return out;
}

struct Question {
  std::string sql;
  std::string answer;
};

class Sql : public testing::TestWithParam<Question> {};

TEST_P(Sql, Answers) {
  EXPECT_EQ(answer(GetParam().sql), GetParam().answer) << GetParam().sql;
}

Question where(const std::string& condition, const std::string& rows) {
  return {"SELECT name FROM account WHERE " + condition, rows};
}

INSTANTIATE_TEST_SUITE_P(
    Conditions, Sql,
    testing::Values(
        where("name = 'ALPHA'", "1 3"), where("employees <> 1 AND name IS NOT NULL", "2 3"),
        where("employees != 1 AND name IS NOT NULL", "2 3"), where("employees >= 2", "2 3"),
        where("revenue BETWEEN 10 AND 15", "1"), where("NOT revenue > 15", "1"),
        where("name LIKE '%eT%'", "2"), where("name NOT LIKE 'a%' AND name IS NOT NULL", "2"),
        where("name IN ('beta', 'Alpha')", "1 2 3"), where("employees NOT IN (1)", "2 3 4"),
        where("donotemail = 1", "2"), where("name IS NULL", "4"),
        where("parentid = '" + uuid_of(1).text() + "'", "2"),
        where("employees = 1 OR (name = 'alpha' AND employees > 1)", "1 3"),
        where("NOT (employees = 1 OR name IS NULL)", "2 3"),
        where("name = 'O''Hara' OR name = N'beta' -- a comment", "2")));

INSTANTIATE_TEST_SUITE_P(
    Clauses, Sql,
    testing::Values(
        Question{"select TOP 2 a.name AS n from account as a order by n desc", "2 1"},
        Question{"SELECT name FROM [account] ORDER BY employees, name DESC", "4 1 2 3"},
        Question{"SELECT DISTINCT name FROM account", "1 2 4"},
        Question{"SELECT DISTINCT TOP 1 name FROM account", "1"},
        Question{"SELECT TOP 0 name FROM account", ""},
        Question{"SELECT * FROM account", "1 2 3 4"},
        Question{"SELECT name FROM account ORDER BY accountid OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY",
                 "2 3"},
        Question{"SELECT name FROM account ORDER BY accountid OFFSET 9 ROWS FETCH NEXT 2 ROWS ONLY",
                 ""},
        Question{"SELECT c.name, p.name AS parent FROM account c JOIN account p ON c.parentid = "
                 "p.accountid",
                 "2/1 3/2"},
        Question{"SELECT c.name FROM account c LEFT JOIN account p ON c.parentid = p.accountid "
                 "WHERE p.accountid IS NULL",
                 ""},
        Question{"SELECT c.name FROM account c LEFT JOIN account p ON p.accountid = c.parentid AND "
                 "p.name = 'beta' ORDER BY c.accountid",
                 "1/- 2/- 3/2 4/-"},
        Question{"SELECT a.name FROM account a JOIN account b ON b.parentid = a.accountid JOIN "
                 "account c ON c.parentid = b.accountid ORDER BY c.name",
                 "1/2/3"},
        Question{"SELECT COUNT(*) AS n, SUM(revenue) AS s, AVG(employees) AS a, MIN(name) AS f, "
                 "MAX(revenue) AS m FROM account",
                 "4/30.5/1/Alpha/20"},
        Question{"SELECT COUNT(name) AS n, COUNT(DISTINCT name) AS d FROM account", "3/2"},
        Question{"SELECT employees, COUNT(*) AS n FROM account GROUP BY employees ORDER BY n DESC, "
                 "employees",
                 "2/2 -/1 1/1"},
        Question{"SELECT TOP 1 employees, COUNT(*) AS n FROM account GROUP BY employees ORDER BY "
                 "employees DESC",
                 "2/2"},
        Question{"SELECT p.name, COUNT(c.accountid) AS n FROM account p JOIN account c ON "
                 "p.accountid = c.parentid GROUP BY p.name",
                 "Alpha/1 beta/1"}));

INSTANTIATE_TEST_SUITE_P(
    Refusals, Sql,
    testing::Values(
        Question{"DELETE FROM account", "0x80040203"}, Question{"", "0x80040203"},
        Question{"SELECT name FROM nosuch", "0x80041102"},
        Question{"SELECT nosuch FROM account", "0x80041103"},
        Question{"SELECT a.name FROM account a RIGHT JOIN account b ON a.parentid = b.accountid",
                 "0x80040203"},
        Question{"SELECT a.name FROM account a CROSS JOIN account b", "0x80040203"},
        Question{"SELECT a.name FROM account a, account b", "0x80040203"},
        Question{"SELECT name FROM account UNION SELECT name FROM account", "0x80040203"},
        Question{"SELECT name, COUNT(*) FROM account GROUP BY name HAVING COUNT(*) > 1",
                 "0x80040203"},
        Question{"WITH x AS (SELECT name FROM account) SELECT name FROM x", "0x80040203"},
        Question{"SELECT name FROM account WHERE accountid IN (SELECT accountid FROM account)",
                 "0x80040203"},
        Question{"SELECT UPPER(name) FROM account", "0x80040203"},
        Question{"SELECT name, COUNT(*) AS n FROM account", "0x80040203"},
        Question{"SELECT TOP 5001 name FROM account", "0x80040203"},
        Question{"SELECT name FROM account OFFSET 1 ROWS", "0x80040203"},
        Question{"SELECT name FROM account WHERE name = 'open", "0x80040203"},
        Question{"SELECT name FROM account WHERE (((name = 'x')", "0x80040203"},
        Question{"SELECT name FROM account WHERE employees = 'many'", "0x80041108"}));

TEST(Sql, NamesOfTheAnswerAreAliasesElseColumns) {
  const MemoryTable table = companies();
  const TableFinder tables = [&](std::string_view name) {
    return name == "account" ? &table : nullptr;
  };

  const auto query = parse_sql(
      "SELECT c.name, p.name, p.revenue, p.employees AS people FROM account c JOIN account p ON "
      "c.parentid = p.accountid",
      tables);
  ASSERT_TRUE(query);
  const auto page = run_fetch(*query, tables, {}, std::nullopt);

  ASSERT_TRUE(page);
  std::string names;
  for (const FetchColumn& column : page->columns) names = joined(names, " ", column.name);
  EXPECT_EQ(names, "name p.name revenue people");
}

}  // namespace
}  // namespace flit::test
