#pragma once
/// @file A table in memory for tests of queries: a few columns of every type, a parent, children.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "sim/dataverse/odata/row.hpp"

namespace flit::test {

using namespace sim::dataverse::odata;  // NOLINT(google-build-using-namespace): a test's own words

struct MemoryRow {
  Uuid id{};
  std::optional<std::string> name{};
  std::optional<std::string> revenue{};  ///< a decimal's lexeme
  std::optional<std::int64_t> employees{};
  std::optional<std::int64_t> createdon{};  ///< seconds
  std::optional<std::int64_t> birthdate{};  ///< days
  std::optional<bool> donotemail{};
  std::optional<std::string> tags{};
  std::optional<Uuid> parent{};
};

inline Uuid uuid_of(int number) {
  Uuid::Bytes bytes{};
  bytes[14] = static_cast<std::uint8_t>(number >> 8);
  bytes[15] = static_cast<std::uint8_t>(number);
  return Uuid(bytes);
}

class MemoryTable : public TableView {
 public:
  std::map<Uuid, MemoryRow> rows;

  void add(MemoryRow row) {
    const Uuid id = row.id;
    rows.insert_or_assign(id, std::move(row));
  }

  std::string_view logical_name() const override { return "account"; }
  std::string_view primary_id() const override { return "accountid"; }

  std::optional<Property> property(std::string_view name) const override {
    static const std::map<std::string_view, Property> properties = {
        {"accountid", {0, ValueType::guid}},       {"name", {1, ValueType::text}},
        {"revenue", {2, ValueType::decimal}},      {"employees", {3, ValueType::integer}},
        {"createdon", {4, ValueType::instant}},    {"birthdate", {5, ValueType::date}},
        {"donotemail", {6, ValueType::boolean}},   {"tags", {7, ValueType::choices}},
        {"_parentid_value", {8, ValueType::guid}},
    };
    const auto found = properties.find(name);
    return found == properties.end() ? std::nullopt : std::optional(found->second);
  }

  std::optional<Property> column(std::string_view name) const override {
    return property(name == "parentid" ? "_parentid_value" : name);
  }

  std::optional<Navigation> navigation(std::string_view name) const override {
    if (name == "parentid") return Navigation{0, false, this};
    if (name == "children") return Navigation{1, true, this};
    return std::nullopt;
  }

  std::optional<Navigation> parent() const override { return navigation("parentid"); }

  void scan(const std::optional<Uuid>& after, const RowVisitor& visit) const override;
  void find(const Uuid& id, const RowVisitor& visit) const override;
};

class MemoryView : public RowView {
 public:
  MemoryView(const MemoryTable& table, const MemoryRow& row) : table_(table), row_(row) {}

  const Uuid& id() const override { return row_.id; }

  Value value(std::uint32_t property, std::string& scratch) const override {
    (void)scratch;
    using Kind = Value::Kind;
    const auto text = [](const std::optional<std::string>& value, Kind kind) {
      return value ? Value{.kind = kind, .text = *value} : Value{};
    };
    const auto number = [](const std::optional<std::int64_t>& value, Kind kind) {
      return value ? Value{.kind = kind, .number = *value} : Value{};
    };
    switch (property) {
      case 0:
        return Value{.kind = Kind::guid, .id = row_.id};
      case 1:
        return text(row_.name, Kind::text);
      case 2:
        return text(row_.revenue, Kind::decimal);
      case 3:
        return number(row_.employees, Kind::integer);
      case 4:
        return number(row_.createdon, Kind::instant);
      case 5:
        return number(row_.birthdate, Kind::date);
      case 6:
        return row_.donotemail ? Value{.kind = Kind::boolean, .number = *row_.donotemail} : Value{};
      case 7:
        return text(row_.tags, Kind::text);
      default:
        break;
    }
    return row_.parent ? Value{.kind = Kind::guid, .id = *row_.parent} : Value{};
  }

  void follow(std::uint32_t navigation, const RowVisitor& visit) const override {
    if (navigation == 0) {
      if (row_.parent) table_.find(*row_.parent, visit);
      return;
    }
    for (const auto& [id, row] : table_.rows)
      if (row.parent == row_.id && !visit(MemoryView(table_, row))) return;
  }

 private:
  const MemoryTable& table_;
  const MemoryRow& row_;
};

inline void MemoryTable::scan(const std::optional<Uuid>& after, const RowVisitor& visit) const {
  for (auto at = after ? rows.upper_bound(*after) : rows.begin(); at != rows.end(); ++at)
    if (!visit(MemoryView(*this, at->second))) return;
}

inline void MemoryTable::find(const Uuid& id, const RowVisitor& visit) const {
  const auto found = rows.find(id);
  if (found != rows.end()) visit(MemoryView(*this, found->second));
}

}  // namespace flit::test
