#pragma once
/// @file What queries need to know of objects and records: two small faces.
///
/// The simulator implements them over its catalogue and store, tests over a vector. A Row and the
/// handles are the implementer's own numbers; they keep their meaning for as long as the record and
/// the field exist, so that a cursor can hold them from page to page. Nothing here is owned; all
/// calls of one query happen under the caller's lock.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/salesforce/soql/value.hpp"

namespace flit::sim::salesforce::soql {

using Row = std::uint64_t;

class ObjectView;

/// A record: which object, which row. Without object: none.
struct Record {
  const ObjectView* object = nullptr;
  Row row = 0;
  explicit operator bool() const { return object != nullptr; }
};

/// As far as queries tell types apart.
enum class FieldType : std::uint8_t {
  id,
  reference,
  text,
  picklist,
  multi_picklist,
  boolean,
  integer,  ///< int: written without decimals
  number,   ///< double, currency, percent
  date,
  datetime,
  time,
  compound,  ///< address, location
  blob,
};

/// "string", "double" …: as error texts name the type.
std::string_view to_string(FieldType type);

struct Field {
  std::uint32_t handle = 0;
  std::string name{};  ///< as the platform spells it
  FieldType type = FieldType::text;
  bool filterable = true;
  bool sortable = true;
  bool groupable = true;
  bool custom = false;
  bool case_sensitive = false;  ///< equality of its text heeds case (§2.5)
};

/// A place on earth, in degrees.
struct GeoPoint {
  double latitude = 0;
  double longitude = 0;
};

/// A lookup, by its relationship name: "Account", "Who", "Parent__r".
struct ParentLink {
  std::uint32_t handle = 0;
  std::string name{};
  std::vector<const ObjectView*> targets{};  ///< two or more: polymorphic (§3)
};

/// The other end: "Contacts", "Projects__r".
struct ChildLink {
  std::uint32_t handle = 0;
  std::string name{};
  const ObjectView* child = nullptr;
};

/// Whether rows in the recycle bin are seen: queryAll and ALL ROWS.
enum class Deleted : std::uint8_t { hidden, shown };

/// Returns false to stop the walk.
using RowVisitor = std::function<bool(Row)>;

class ObjectView {
 public:
  virtual ~ObjectView() = default;

  virtual std::string_view name() const = 0;

  /// Names are found without case; only what the user may see is there.
  virtual std::optional<Field> field(std::string_view name) const = 0;
  virtual std::optional<ParentLink> parent(std::string_view relationship) const = 0;
  virtual std::optional<ChildLink> children(std::string_view relationship) const = 0;

  /// Every visible field, in describe order: FIELDS(ALL).
  virtual std::vector<Field> fields() const = 0;

  /// Rows in ascending order, which is that of their ids.
  virtual void scan(Deleted deleted, const RowVisitor& visit) const = 0;

  /// The rows whose field equals `value`, where an index knows them; none: only a walk can tell.
  virtual std::optional<std::vector<Row>> rows_with(std::uint32_t field, const Value& value,
                                                    Deleted deleted) const = 0;

  /// Text that is computed is put into `scratch`, which must live as long as the value is used.
  virtual Value value(Row row, std::uint32_t field, std::string& scratch) const = 0;

  /// toLabel() and FORMAT(); by default the value itself.
  virtual Value label(Row row, std::uint32_t field, std::string& scratch) const {
    return value(row, field, scratch);
  }
  virtual Value formatted(Row row, std::uint32_t field, std::string& scratch) const {
    return value(row, field, scratch);
  }

  /// Where a compound field lies: DISTANCE(). None when nobody knows.
  virtual std::optional<GeoPoint> location(Row /*row*/, std::uint32_t /*field*/) const {
    return std::nullopt;
  }

  /// The record that the lookup of `link` names; none when it is empty.
  virtual Record parent_of(Row row, std::uint32_t link) const = 0;

  virtual void children_of(Row row, std::uint32_t link, Deleted deleted,
                           const RowVisitor& visit) const = 0;
};

/// All objects that the user may see.
class SchemaView {
 public:
  virtual ~SchemaView() = default;
  virtual const ObjectView* object(std::string_view name) const = 0;  ///< found without case
};

/// What a query asks about the world.
struct QueryContext {
  std::int64_t now_ms = 0;  ///< since 1970
  std::string_view user{};  ///< id of the caller, for USING SCOPE mine
  Deleted deleted = Deleted::hidden;
};

}  // namespace flit::sim::salesforce::soql
