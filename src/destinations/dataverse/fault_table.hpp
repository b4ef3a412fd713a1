#pragma once
/// @file What a platform code means, as data: the one place where Dataverse's errors are
/// classified.
///
/// A row says what the caller should do (Fault) and, where a write can profit from it, what the
/// answer reveals about the row (Meaning). Codes come from facts/dataverse.md §8 and §9 and
/// data/dataverse/errorcodes.json; each row cites its section. A code that is not here falls back
/// to the HTTP status (http/fault.hpp). Pure.

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace flit::destinations::dataverse {

enum class Meaning : std::uint8_t {
  none,
  row_exists,      ///< the primary id or link is already there
  row_missing,     ///< no row with that id or key
  row_changed,     ///< If-Match named another version
  row_closed,      ///< the row is closed or inactive already
  schema_exists,   ///< a column, choice, relationship or key of that name is there
  no_such_method,  ///< the table does not know the message
  unexpected,      ///< the platform's catch-all: 4xx permanent, 5xx may pass
};

struct FaultRow {
  std::uint32_t code;
  std::string_view name;
  Fault fault;
  Meaning meaning;
  std::string_view cite;
  std::string_view remedy;
};

/// Sorted by code.
std::span<const FaultRow> fault_table();

/// Null: the table does not know it.
const FaultRow* fault_row(std::uint32_t code);

/// "0x80040237" or a signed decimal number, as the platform writes codes; 0: neither.
std::uint32_t code_of(std::string_view text);

}  // namespace flit::destinations::dataverse
