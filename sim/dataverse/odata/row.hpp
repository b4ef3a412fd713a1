#pragma once
/// @file What queries (§13) need to know of a table and of a row: three small faces.
///
/// The simulator implements them over its metadata and store, tests over a vector. Handles are the
/// implementer's own numbers. Nothing here is owned; all calls happen under the caller's lock.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/uuid.hpp"
#include "sim/dataverse/odata/value.hpp"

namespace flit::sim::dataverse::odata {

class RowView;
class TableView;

/// Returns false to stop the walk.
using RowVisitor = std::function<bool(const RowView&)>;

struct Property {
  std::uint32_t handle = 0;
  ValueType type = ValueType::text;
};

struct Navigation {
  std::uint32_t handle = 0;
  bool is_collection = false;
  const TableView* target = nullptr;
};

class TableView {
 public:
  virtual ~TableView() = default;

  virtual std::string_view logical_name() const = 0;
  virtual std::string_view primary_id() const = 0;

  /// By OData name ("name", "_ownerid_value"), case-sensitive.
  virtual std::optional<Property> property(std::string_view name) const = 0;

  /// By the logical name of the column ("ownerid"), as query functions and FetchXML name it.
  virtual std::optional<Property> column(std::string_view logical_name) const = 0;

  virtual std::optional<Navigation> navigation(std::string_view name) const = 0;

  /// The single-valued navigation to the parent row of a hierarchy; none if the table has none.
  virtual std::optional<Navigation> parent() const = 0;

  /// Rows in the order of their ids, from the first greater than `after` on.
  virtual void scan(const std::optional<Uuid>& after, const RowVisitor& visit) const = 0;

  /// The rows whose property equals `value`, where an index knows them; none: only a walk can tell.
  virtual std::optional<std::vector<Uuid>> rows_with(std::uint32_t property,
                                                     const Value& value) const {
    (void)property;
    (void)value;
    return std::nullopt;
  }

  /// Visits the row of that id, if there is one.
  virtual void find(const Uuid& id, const RowVisitor& visit) const = 0;
};

class RowView {
 public:
  virtual ~RowView() = default;

  virtual const Uuid& id() const = 0;

  /// Text that is computed is put into `scratch`, which must live as long as the value is used.
  virtual Value value(std::uint32_t property, std::string& scratch) const = 0;

  /// Visits the rows that the navigation leads to: at most one, or a collection in id order.
  virtual void follow(std::uint32_t navigation, const RowVisitor& visit) const = 0;
};

/// What a query asks about the world: the time and the caller (EqualUserId, LastXDays …).
struct QueryContext {
  std::int64_t now = 0;  ///< seconds since 1970
  Uuid user{};
  Uuid business_unit{};
  std::vector<Uuid> teams{};
  int language = 1033;
};

}  // namespace flit::sim::dataverse::odata
