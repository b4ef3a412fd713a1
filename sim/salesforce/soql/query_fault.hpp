#pragma once
/// @file Refusals of a query, with the line, the caret and the row and column the platform prints.
///
/// Fact sheet §2.4: "\nSELECT Foo FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column
/// …". Error::code is the platform's code, Error::message its whole text.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::sim::salesforce::soql {

/// A place in a query; the text must outlive it.
struct Place {
  std::string_view soql{};
  std::size_t position = 0;  ///< byte offset
};

Error query_fault(std::string_view code, const Place& place, std::string_view text);

/// Codes MALFORMED_QUERY and INVALID_FIELD.
Error malformed(const Place& place, std::string_view text);
Error invalid_field(const Place& place, std::string_view text);

/// MALFORMED_QUERY without a place.
Error malformed(std::string text);

Error no_such_column(const Place& place, std::string_view field, std::string_view object);
Error unknown_object(const Place& place, std::string_view name);
Error unknown_relationship(const Place& place, std::string_view name);
Error unknown_children(const Place& place, std::string_view name);

}  // namespace flit::sim::salesforce::soql
