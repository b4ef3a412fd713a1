#include "sim/dataverse/odata/uri_fault.hpp"

#include <utility>

#include <fmt/format.h>

namespace flit::sim::dataverse::odata {
namespace {

constexpr std::string_view missing_segment = "Resource not found for the segment '";

}  // namespace

Error platform_fault(std::string_view code, std::string message) {
  return Error{.fault = Fault::permanent, .message = std::move(message), .code = std::string(code)};
}

Error uri_fault(std::string message) {
  return platform_fault(uri_code, std::move(message));
}

Error syntax_fault(std::size_t position, std::string_view text) {
  return uri_fault(fmt::format("Syntax error at position {} in '{}'.", position, text));
}

Error expected_fault(std::string_view what, std::size_t position, std::string_view text) {
  return uri_fault(fmt::format("{} expected at position {} in '{}'.", what, position, text));
}

Error unknown_property(std::string_view property, std::string_view table) {
  return uri_fault(
      fmt::format("Could not find a property named '{}' on type 'Microsoft.Dynamics.CRM.{}'.",
                  property, table));
}

Error unknown_segment(std::string_view segment) {
  return uri_fault(fmt::format("{}{}'.", missing_segment, segment));
}

int http_status(const Error& error) {
  const bool missing = error.code == "0x80040217" || error.code == "0x80060891" ||
                       error.message.rfind(missing_segment, 0) == 0;
  return missing ? 404 : 400;
}

}  // namespace flit::sim::dataverse::odata
