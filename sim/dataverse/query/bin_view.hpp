#pragma once
/// @file The deleted rows of a table as FetchXML's datasource="bin" reads them (fact sheet §13,
/// §14).
///
/// Only the table of the query is read from the recycle bin; what its rows are linked to is alive.

#include "sim/dataverse/organization/recycle_bin.hpp"
#include "sim/dataverse/query/store_view.hpp"

namespace flit::sim::dataverse {

class BinView : public StoreTable {
 public:
  /// `bin` outlives this. REQUIRES: the organization's lock, shared or not.
  BinView(StoreViews& views, const Table& table, const RecycleBin& bin)
      : StoreTable(views, table), bin_(bin) {}

  void scan(const std::optional<Uuid>& after, const odata::RowVisitor& visit) const override;
  void find(const Uuid& id, const odata::RowVisitor& visit) const override;
  std::optional<std::vector<Uuid>> rows_with(std::uint32_t, const odata::Value&) const override {
    return std::nullopt;
  }

 private:
  const RecycleBin& bin_;
};

}  // namespace flit::sim::dataverse
