#pragma once
/// @file A row as the Web API shows it: ETag, columns, annotations, expanded rows.
///
/// Fact sheet §2 (annotations), §3 (the primary key always; lookups only as _x_value), §13
/// ($expand, nested pages). The same writer serves collections, single rows and representations.

#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "sim/dataverse/odata/preferences.hpp"
#include "sim/dataverse/odata/query_options.hpp"
#include "sim/dataverse/odata/retrieve.hpp"
#include "sim/dataverse/query/store_view.hpp"

namespace flit::sim::dataverse {

struct Expansion;

/// $select and $expand, checked against the table.
struct Shape {
  std::vector<const Column*> columns{};
  bool all = false;                   ///< no $select: every property
  std::vector<Expansion> expansions;  // no initializer: the type is incomplete here
};

struct Expansion {
  std::string name{};
  odata::Navigation navigation{};
  const StoreTable* target = nullptr;
  bool reference = false;  ///< $ref: only the URL
  Shape shape{};
  std::optional<odata::Predicate> filter{};
  odata::PageQuery page{};
  std::string query{};  ///< the nested options as a query string, for nested next links
};

/// 0x80060888 for names that do not exist.
Result<Shape> bind_shape(const odata::QueryOptions& options, const StoreTable& table,
                         const odata::QueryContext& context);

/// "name,primarycontactid(fullname)": what stands in the parentheses of @odata.context.
std::string context_of(const Shape& shape);

/// W/"502186".
std::string version_tag(const Row& row);

class ShapeWriter {
 public:
  /// `root`: "https://org…/api/data/v9.2/".
  ShapeWriter(std::string_view root, const odata::Preferences& preferences)
      : root_(root), preferences_(preferences) {}

  /// The members of the row, without the braces.
  void write_members(json::Writer& out, const StoreRow& row, const Shape& shape) const;

  /// One column under another name, with its annotations: what FetchXML's aliases need.
  void write_column(json::Writer& out, const StoreRow& row, const Column& column,
                    const std::string& name) const;

 private:
  void write_annotations(json::Writer& out, const StoreRow& row, const Column& column,
                         const std::string& name) const;
  void write_expansion(json::Writer& out, const StoreRow& row, const Expansion& expansion) const;
  void write_element(json::Writer& out, const StoreRow& row, const Expansion& expansion) const;
  void write_collection(json::Writer& out, const StoreRow& row, const Expansion& expansion) const;

  std::string root_;
  const odata::Preferences& preferences_;
};

/// The label, name or formatted number of a value (en-US); none where the platform has none.
/// `row` tells money its currency; null: the organization's base currency.
std::optional<std::string> display_text(const ReadContext& context, const Table& table,
                                        const Row* row, const Column& column, const Cell& cell);

/// "1,234".
std::string whole_text(std::int64_t number);

}  // namespace flit::sim::dataverse
