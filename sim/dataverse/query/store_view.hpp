#pragma once
/// @file The record store as queries see it: odata's TableView and RowView over tables and rows.
///
/// A StoreViews lives for one request, under the organization's lock, and hands out one view per
/// table. Not thread-safe.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/dataverse/odata/row.hpp"
#include "sim/dataverse/query/column_reader.hpp"

namespace flit::sim::dataverse {

class StoreTable;

class StoreViews {
 public:
  explicit StoreViews(const ReadContext& context) : context_(context) {}
  ~StoreViews();
  StoreViews(const StoreViews&) = delete;
  StoreViews& operator=(const StoreViews&) = delete;

  const StoreTable& of(const Table& table);
  const ReadContext& context() const { return context_; }

 private:
  ReadContext context_;
  std::map<const Table*, std::unique_ptr<StoreTable>> tables_;
};

class StoreTable : public odata::TableView {
 public:
  StoreTable(StoreViews& views, const Table& table) : views_(views), table_(table) {}

  /// Handles of navigations are places in this list.
  struct Way {
    const Column* lookup = nullptr;  ///< single-valued: the column that names the row
    const Table* target = nullptr;
    CollectionNavigation collection{};
  };

  const Table& definition() const { return table_; }
  const Way& way(std::uint32_t handle) const { return ways_[handle]; }
  const ReadContext& context() const { return views_.context(); }
  const StoreTable& view_of(const Table& table) const { return views_.of(table); }

  std::string_view logical_name() const override { return table_.logical_name; }
  std::string_view primary_id() const override { return table_.primary_id; }
  std::optional<odata::Property> property(std::string_view name) const override;
  std::optional<odata::Property> column(std::string_view logical_name) const override;
  std::optional<odata::Navigation> navigation(std::string_view name) const override;
  std::optional<odata::Navigation> parent() const override;
  void scan(const std::optional<Uuid>& after, const odata::RowVisitor& visit) const override;
  void find(const Uuid& id, const odata::RowVisitor& visit) const override;
  std::optional<std::vector<Uuid>> rows_with(std::uint32_t property,
                                             const odata::Value& value) const override;

 private:
  odata::Navigation add_way(const Way& way) const;

  StoreViews& views_;
  const Table& table_;
  mutable std::deque<Way> ways_;
};

class StoreRow : public odata::RowView {
 public:
  StoreRow(const StoreTable& table, const Row& row) : table_(table), row_(row) {}

  const Row& row() const { return row_; }
  const StoreTable& table() const { return table_; }

  const Uuid& id() const override { return row_.head.id; }
  odata::Value value(std::uint32_t property, std::string& scratch) const override;
  void follow(std::uint32_t navigation, const odata::RowVisitor& visit) const override;

 private:
  void follow_collection(const StoreTable::Way& way, const odata::RowVisitor& visit) const;
  std::vector<Uuid> tied_by(const CollectionNavigation& navigation) const;
  std::vector<Uuid> below(const Table& child, std::string_view column_name) const;

  const StoreTable& table_;
  const Row& row_;
};

odata::ValueType value_type(const Column& column);

}  // namespace flit::sim::dataverse
