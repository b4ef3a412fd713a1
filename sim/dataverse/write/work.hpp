#pragma once
/// @file Who writes, in which transaction, under which request headers.
///
/// REQUIRES for everything that takes a Work: the organization's exclusive lock.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/dataverse/errors/refusal.hpp"
#include "sim/dataverse/organization/organization.hpp"
#include "sim/dataverse/records/transaction.hpp"
#include "sim/dataverse/security/caller.hpp"
#include "sim/dataverse/write/row_draft.hpp"

namespace flit::sim::dataverse {

struct Work {
  Organization& org;
  Transaction& tx;
  Caller caller{};
  bool detect_duplicates = false;  ///< MSCRM.SuppressDuplicateDetection: false
  bool closing = false;            ///< inside WinOpportunity and its like: states may be set
  std::uint64_t rows_written = 0;  ///< what limits count
  std::uint64_t columns_written = 0;
  std::vector<std::uint64_t> rows_by_table{};  ///< by the table's index, for statistics

  void count(const Table& table, std::size_t columns) {
    ++rows_written;
    columns_written += columns;
    if (rows_by_table.size() <= table.index) rows_by_table.resize(table.index + 1U);
    ++rows_by_table[table.index];
  }

  Catalogue& catalogue() const { return *org.catalogue; }
  RecordStore& store() const { return *org.store; }
};

/// Creates the row with everything that the platform adds to it; gives its id.
Answer<Uuid> create_row(Work& work, const Table& table, RowDraft& draft);

/// REQUIRES: the row exists, else 404 0x80040217.
Answer<void> update_row(Work& work, const Table& table, const Uuid& id, RowDraft& draft);

/// Deletes with cascades (fact sheet §14); 404 when it is not there, 405 when a child forbids it.
/// Only the row itself needs the privilege; what a cascade takes does not.
Answer<void> delete_row(Work& work, const Table& table, const Uuid& id);

}  // namespace flit::sim::dataverse
