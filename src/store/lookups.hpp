#pragma once
/// @file Questions that people ask a ledger about one id. Takes the connection of Ledger::read().

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/notebook.hpp"
#include "store/sql.hpp"

namespace flit::store {

/// Assignments of a source id, of links that begin or end at it, of a row over there, or of one
/// that once was there; ascending, each once. Reads whole tables: for one question at a time.
Result<std::vector<std::int64_t>> assignments_of(sql::Connection& reader, std::string_view id);

/// What the newest reconciliation found about one row.
Result<std::vector<Mismatch>> mismatches_of(sql::Connection& reader, std::int64_t assignment);

}  // namespace flit::store
