#include "sim/dataverse/odata/argument_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

Literal enumeration_of(std::string_view text) {
  const std::size_t quote = text.find('\'');
  return {LiteralKind::enumeration, unquoted(text.substr(quote)),
          std::string(text.substr(0, quote))};
}

Result<Argument> read_list(std::string_view text) {
  Argument list{.is_list = true};
  Lexer lexer(text.substr(1, text.size() - 2), Lexer::Strings::both);
  FLIT_TRY_VOID(lexer.advance());
  while (lexer.current().kind != TokenKind::end) {
    auto literal = literal_of(lexer.current());
    if (!literal) return lexer.expected("Expression");
    list.values.push_back(std::move(*literal));
    FLIT_TRY_VOID(lexer.advance());
    if (lexer.current().kind == TokenKind::end) break;
    if (!lexer.current().is(',')) return lexer.expected("']' or ','");
    FLIT_TRY_VOID(lexer.advance());
    if (lexer.current().kind == TokenKind::end) return lexer.expected("Expression");
  }
  return list;
}

Result<Argument> value_of(const Token& token, const Lexer& lexer) {
  if (token.kind == TokenKind::json && token.text.front() == '[') return read_list(token.text);
  auto literal = literal_of(token);
  if (!literal) return lexer.expected("Expression");
  return Argument{.values = {std::move(*literal)}};
}

}  // namespace

std::optional<Literal> literal_of(const Token& token) {
  switch (token.kind) {
    case TokenKind::text:
      return Literal{LiteralKind::text, unquoted(token.text), {}};
    case TokenKind::json:
      return Literal{LiteralKind::json, std::string(token.text), {}};
    case TokenKind::literal:
      if (token.literal == LiteralKind::enumeration) return enumeration_of(token.text);
      if (token.literal == LiteralKind::guid)
        return Literal{LiteralKind::guid, lower(token.text), {}};
      return Literal{token.literal, std::string(token.text), {}};
    case TokenKind::identifier:
      if (token.text == "null") return Literal{};
      if (token.text == "true" || token.text == "false")
        return Literal{LiteralKind::boolean, std::string(token.text), {}};
      return std::nullopt;
    case TokenKind::end:
    case TokenKind::alias:
    case TokenKind::mark:
      break;
  }
  return std::nullopt;
}

std::optional<std::string> aliased_path(std::string_view alias, const Aliases& aliases) {
  const auto found = std::find_if(aliases.begin(), aliases.end(),
                                  [&](const auto& known) { return known.first == alias; });
  if (found == aliases.end()) return std::nullopt;
  Lexer lexer(found->second);
  std::string path;
  for (;;) {
    if (!lexer.advance() || lexer.current().kind != TokenKind::identifier) return std::nullopt;
    if (path.empty() && literal_of(lexer.current())) return std::nullopt;
    path.append(lexer.current().text);
    if (!lexer.advance()) return std::nullopt;
    if (lexer.current().kind == TokenKind::end) return path;
    if (!lexer.current().is('/')) return std::nullopt;
    path.push_back('/');
  }
}

Result<Argument> read_argument_value(Lexer& lexer, const Aliases& aliases) {
  const Token token = lexer.current();
  Result<Argument> value = Argument{};
  if (token.kind == TokenKind::alias) {
    const auto found = std::find_if(aliases.begin(), aliases.end(),
                                    [&](const auto& alias) { return alias.first == token.text; });
    // OData, "Parameter aliases": one that is not in the query is null.
    if (found == aliases.end()) {
      value = Argument{.values = {Literal{}}};
    } else {
      Lexer inner(found->second);
      FLIT_TRY_VOID(inner.advance());
      value = value_of(inner.current(), inner);
      if (!value) return value;
      FLIT_TRY_VOID(inner.advance());
      if (inner.current().kind != TokenKind::end) return inner.syntax_error();
    }
  } else {
    value = value_of(token, lexer);
  }
  if (!value) return value;
  FLIT_TRY_VOID(lexer.advance());
  return value;
}

Result<std::vector<Argument>> read_arguments(Lexer& lexer, const Aliases& aliases) {
  std::vector<Argument> arguments;
  FLIT_TRY_VOID(lexer.advance());
  while (!lexer.current().is(')')) {
    std::string name;
    const Token first = lexer.current();
    if (first.kind == TokenKind::identifier && !literal_of(first)) {
      name = first.text;
      FLIT_TRY_VOID(lexer.advance());
      if (!lexer.current().is('=')) return lexer.syntax_error();
      FLIT_TRY_VOID(lexer.advance());
    }
    FLIT_TRY(value, read_argument_value(lexer, aliases));
    value.name = std::move(name);
    arguments.push_back(std::move(value));
    if (lexer.current().is(')')) break;
    if (!lexer.current().is(',')) return lexer.expected("')' or ','");
    FLIT_TRY_VOID(lexer.advance());
    if (lexer.current().is(')')) return lexer.expected("Expression");
  }
  FLIT_TRY_VOID(lexer.advance());
  return arguments;
}

}  // namespace flit::sim::dataverse::odata
