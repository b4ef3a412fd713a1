#pragma once
/// @file The opaque `after` of every list: where a list was, what it is bound to, since when.
///
/// facts/sources.md §1.3: at most 512 characters of base64 (so it may hold + / =), lives 24 hours,
/// bound to the list and to `archived`, `updated_since` and `owner_id`. Pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/interactive/api/api_error.hpp"

namespace flit::sim::interactive {

/// A place in a list that is ordered by (time, id, other, label); what a list does not use is 0.
struct ListPlace {
  std::int64_t time_ms = 0;
  std::uint64_t id = 0;
  std::uint64_t other = 0;
  std::string label{};
};

struct Cursor {
  std::string list;     ///< "objects/contacts"
  std::string binding;  ///< text of the parameters it is bound to
  ListPlace place{};
  std::int64_t issued_ms = 0;
};

std::string encode(const Cursor& cursor);

/// invalid_cursor for anything that encode() did not make or that is older than 24 hours,
/// cursor_mismatch when it belongs to other parameters.
Checked<ListPlace> decode_cursor(std::string_view text, const Cursor& expected);

}  // namespace flit::sim::interactive
