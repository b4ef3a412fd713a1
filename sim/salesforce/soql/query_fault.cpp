#include "sim/salesforce/soql/query_fault.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace flit::sim::salesforce::soql {
namespace {

constexpr std::string_view see_wsdl =
    "Please reference your WSDL or the describe call for the appropriate names.";

Error fault(std::string_view code, std::string message) {
  return Error{.fault = Fault::permanent, .message = std::move(message), .code = std::string(code)};
}

}  // namespace

Error query_fault(std::string_view code, const Place& place, std::string_view text) {
  const std::size_t at = std::min(place.position, place.soql.size());
  const std::string_view before = place.soql.substr(0, at);
  const std::size_t line_break = before.rfind('\n');
  const std::size_t start = line_break == std::string_view::npos ? 0 : line_break + 1;
  const std::string_view line = place.soql.substr(start, place.soql.find('\n', start) - start);
  const auto row = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t column = utf8::code_points(utf8::repaired(before.substr(start)));
  return fault(code, fmt::format("\n{}\n{:>{}}\nERROR at Row:{}:Column:{}\n{}",
                                 utf8::repaired(line), "^", column + 1, row, column + 1, text));
}

Error malformed(const Place& place, std::string_view text) {
  return query_fault("MALFORMED_QUERY", place, text);
}

Error invalid_field(const Place& place, std::string_view text) {
  return query_fault("INVALID_FIELD", place, text);
}

Error malformed(std::string text) {
  return fault("MALFORMED_QUERY", std::move(text));
}

Error no_such_column(const Place& place, std::string_view field, std::string_view object) {
  return invalid_field(
      place,
      fmt::format("No such column '{}' on entity '{}'. If you are attempting to use a custom "
                  "field, be sure to append the '__c' after the custom field name. {}",
                  field, object, see_wsdl));
}

Error unknown_object(const Place& place, std::string_view name) {
  return query_fault(
      "INVALID_TYPE", place,
      fmt::format("sObject type '{}' is not supported. If you are attempting to use a custom "
                  "object, be sure to append the '__c' after the entity name. {}",
                  name, see_wsdl));
}

Error unknown_relationship(const Place& place, std::string_view name) {
  return invalid_field(
      place, fmt::format("Didn't understand relationship '{}' in field path. If you are attempting "
                         "to use a custom relationship, be sure to append the '__r' after the "
                         "custom relationship name. {}",
                         name, see_wsdl));
}

Error unknown_children(const Place& place, std::string_view name) {
  return query_fault(
      "INVALID_TYPE", place,
      fmt::format("Didn't understand relationship '{}' in FROM part of query call. If you are "
                  "attempting to use a custom relationship, be sure to append the '__r' after the "
                  "custom relationship name. {}",
                  name, see_wsdl));
}

}  // namespace flit::sim::salesforce::soql
