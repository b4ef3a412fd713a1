#pragma once
/// @file Change tracking: the first full read with its delta link, and what changed since a token.
///
/// Fact sheet §13: only for tables that track changes; $filter, $orderby, $expand and $top are
/// refused; new and updated rows come in the order of their versions, deletions last; a row created
/// and deleted between two reads is a deletion only; a token older than the window is refused.
/// The first read's link names the version at its first page, so nothing that changes while its
/// pages are read is missed. REQUIRES: the organization's lock for the whole call.

#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"
#include "sim/dataverse/query/collection_reader.hpp"

namespace flit::sim::dataverse {

struct DeletedRow {
  Uuid id{};
  std::uint64_t version = 0;  ///< of the deletion
};

struct ChangeWindow {
  std::span<const DeletedRow> deletions{};  ///< of this table, oldest first
  std::uint64_t version = 0;                ///< of the database, now
  std::int64_t days = 7;                    ///< organization.expirechangetrackingindays
};

/// True when the request asks for change tracking in any way: by preference, by either token.
bool tracks_changes(const CollectionRequest& request);

/// Codes 0x80072491 (table without change tracking), 0x80044352 (expired token).
Result<std::string> read_changes(const CollectionRequest& request, const StoreTable& table,
                                 const ChangeWindow& window);

/// accounts/$count?$deltatoken=…
Result<std::int64_t> count_changes(const CollectionRequest& request, const StoreTable& table,
                                   const ChangeWindow& window);

}  // namespace flit::sim::dataverse
