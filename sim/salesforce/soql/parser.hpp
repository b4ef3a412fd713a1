#pragma once
/// @file The recursive descent that reads a query; query.hpp has the entrance.
///
/// Internal to the room. Clauses are in parser.cpp, fields and functions in operand_parser.cpp,
/// conditions in condition_parser.cpp.

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/salesforce/soql/lexer.hpp"
#include "sim/salesforce/soql/query.hpp"

namespace flit::sim::salesforce::soql {

class Parser {
 public:
  explicit Parser(std::string_view soql) : soql_(soql), lexer_(soql) {}

  Result<Query> whole();

 private:
  Result<Query> query();
  Result<std::vector<SelectItem>> select_list();
  Result<SelectItem> select_item();
  Result<SelectItem> type_of();
  Result<void> from(Query& query);
  Result<void> clauses(Query& query);
  Result<void> with();
  Result<void> for_clause();
  Result<void> group_by(Query& query);
  Result<std::vector<OrderItem>> order_by();
  Result<std::int64_t> whole_number();

  Result<Operand> operand();
  Result<Operand> function_call(const Token& name);
  Result<std::string> path_argument();
  Result<void> distance_arguments(Operand& operand);
  Result<double> degrees();

  Result<Expression> expression();
  Result<Expression> term();
  Result<Expression> comparison();
  Result<Expression> membership(Expression expression);
  Result<std::vector<Literal>> literal_list(bool pattern);
  Result<Literal> literal(bool pattern);
  Result<Literal> named_literal();

  bool at(std::string_view word) const { return lexer_.peek().is_word(word); }
  bool at_mark(std::string_view mark) const { return lexer_.peek().is_mark(mark); }
  Result<bool> skip(std::string_view word);       ///< whether it was there
  Result<bool> skip_mark(std::string_view mark);  ///< whether it was there
  Result<void> expect(std::string_view word);
  Result<void> expect_mark(std::string_view mark);
  Result<Token> name();

  std::string_view soql_;
  Lexer lexer_;
  int depth_ = 0;
};

}  // namespace flit::sim::salesforce::soql
