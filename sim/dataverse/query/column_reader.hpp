#pragma once
/// @file The value of any column of a row, stored or computed: what reads and queries see.
///
/// Stamps, owner and state come from the row's head, defaults from the column, full names,
/// composite addresses and base amounts from other columns (fact sheet §10). REQUIRES: the
/// organization's lock, shared or not.

#include <functional>
#include <string>

#include "sim/dataverse/metadata/catalogue.hpp"
#include "sim/dataverse/records/record_store.hpp"

namespace flit::sim::dataverse {

/// What reading needs besides the row.
struct ReadContext {
  const Catalogue& catalogue;
  const RecordStore& store;
  Uuid business_unit{};  ///< of every owner: the simulator has one
  /// Which rows the caller may see; empty: all (§9).
  std::function<bool(const Table&, const Row&)> sees{};

  bool shows(const Table& table, const Row& row) const { return !sees || sees(table, row); }
};

/// Never CellKind::absent: null when there is no value. Computed text is put into `scratch`.
Cell read_cell(const ReadContext& context, const Table& table, const Row& row, const Column& column,
               std::string& scratch);

/// True for columns that are properties of the OData entity type.
bool is_property(const Column& column);

}  // namespace flit::sim::dataverse
