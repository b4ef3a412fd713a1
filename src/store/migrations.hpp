#pragma once
/// @file The versions of the ledger's tables, and the way from each to the next.

#include <filesystem>

#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

/// Brings an empty or older database to the newest version; call inside a transaction. Fault::setup
/// when it was made by a newer version of the tool or is another kind of database.
Result<void> bring_up_to_date(sql::Connection& connection, const std::filesystem::path& file);

}  // namespace flit::store
