#include "sim/dataverse/metadata_api/csdl.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "sim/dataverse/query/column_reader.hpp"

namespace flit::sim::dataverse {
namespace {

/// What a type inherits from another one, which it must not declare again.
struct Base {
  std::string name = "crmbaseentity";
  const Table* table = nullptr;  ///< whose members are inherited
  bool has_key = false;
};

Base base_of(const Catalogue& catalogue, const Table& table) {
  if (table.logical_name == "systemuser" || table.logical_name == "team")
    return {.name = "principal", .has_key = true};
  const Table* pointer = catalogue.table("activitypointer");
  if (table.is_activity && &table != pointer && pointer != nullptr)
    return {.name = "activitypointer", .table = pointer, .has_key = true};
  return {};
}

class CsdlWriter {
 public:
  explicit CsdlWriter(const Catalogue& catalogue) : catalogue_(catalogue) {}

  std::string write() {
    out_ =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<edmx:Edmx Version=\"4.0\" "
        "xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">\n<edmx:DataServices>\n<Schema "
        "Namespace=\"Microsoft.Dynamics.CRM\" Alias=\"mscrm\" "
        "xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\n<EntityType Name=\"crmbaseentity\" "
        "Abstract=\"true\" />\n<EntityType Name=\"principal\" BaseType=\"mscrm.crmbaseentity\" "
        "Abstract=\"true\">\n<Key><PropertyRef Name=\"ownerid\" /></Key>\n<Property "
        "Name=\"ownerid\" Type=\"Edm.Guid\" Nullable=\"false\" />\n</EntityType>\n";
    for (const Table& table : catalogue_.tables())
      if (!table.is_deleted) write_type(table);
    out_ += csdl_operations();
    write_container();
    out_ += "</Schema>\n</edmx:DataServices>\n</edmx:Edmx>\n";
    return std::move(out_);
  }

 private:
  void write_type(const Table& table) {
    const Base base = base_of(catalogue_, table);
    out_ += fmt::format("<EntityType Name=\"{}\" BaseType=\"mscrm.{}\">\n", table.logical_name,
                        base.name);
    if (!base.has_key)
      out_ += fmt::format("<Key><PropertyRef Name=\"{}\" /></Key>\n", table.primary_id);
    for (const Column& column : table.columns())
      if (is_property(column)) write_property(table, base, column);
    for (const Column& column : table.columns())
      if (is_property(column)) write_lookups(base, column);
    for (const auto& [name, navigation] : sorted(table)) write_collection(base, name, navigation);
    write_keys(table);
    out_ += "</EntityType>\n";
  }

  static bool inherits(const Base& base, std::string_view property) {
    if (base.name == "principal") return property == "ownerid";
    const Column* column = base.table == nullptr ? nullptr : base.table->property(property);
    return column != nullptr && is_property(*column);
  }

  void write_property(const Table& table, const Base& base, const Column& column) {
    const std::string name = column.property_name();
    if (inherits(base, name)) return;
    const std::string_view edm = column.type == ColumnType::date_time && column.is_date_only()
                                     ? std::string_view("Edm.Date")
                                 : is_reference(column.type) ? std::string_view("Edm.Guid")
                                                             : names_of(column.type).edm;
    out_ += fmt::format("<Property Name=\"{}\" Type=\"{}\"", name, edm);
    if (name == table.primary_id) out_ += " Nullable=\"false\"";
    if (edm == "Edm.Decimal") out_ += " Scale=\"Variable\"";
    out_ += " />\n";
  }

  void write_lookups(const Base& base, const Column& column) {
    for (const NavigationProperty& property : column.navigation) {
      const bool known =
          base.table != nullptr && base.table->lookup_navigation(property.name).column != nullptr;
      const Target target = target_of(property);
      if (known || target.type.empty()) continue;
      out_ += fmt::format("<NavigationProperty Name=\"{}\" Type=\"mscrm.{}\"", property.name,
                          target.type);
      const OneToMany* relationship = catalogue_.find_one_to_many(property.relationship);
      const bool has_partner = relationship != nullptr && property.targets.size() == 1 &&
                               !relationship->collection.empty();
      if (has_partner) out_ += fmt::format(" Partner=\"{}\"", relationship->collection);
      out_ += fmt::format(
          ">\n<ReferentialConstraint Property=\"{}\" ReferencedProperty=\"{}\" "
          "/>\n</NavigationProperty>\n",
          column.property_name(), target.key);
    }
  }

  struct Target {
    std::string type{};  ///< empty: no such table here
    std::string key{};
  };
  Target target_of(const NavigationProperty& property) const {
    if (property.targets.size() > 1) return {"principal", "ownerid"};
    const Table* table = property.targets.empty() ? nullptr : catalogue_.table(property.targets[0]);
    if (table == nullptr) return {};
    const Base base = base_of(catalogue_, *table);
    return {table->logical_name, base.name == "principal" ? "ownerid" : table->primary_id};
  }

  static std::map<std::string, CollectionNavigation> sorted(const Table& table) {
    return {table.collections().begin(), table.collections().end()};
  }

  const Table* other_side(const CollectionNavigation& navigation) const {
    if (navigation.one_to_many != nullptr) return catalogue_.table(navigation.one_to_many->child);
    const ManyToMany& many = *navigation.many_to_many;
    return catalogue_.table(navigation.from_first ? many.second.table : many.first.table);
  }

  void write_collection(const Base& base, const std::string& name,
                        const CollectionNavigation& navigation) {
    const Table* other = other_side(navigation);
    const bool inherited = base.table != nullptr && base.table->collection(name) != nullptr;
    if (other == nullptr || inherited) return;
    out_ += fmt::format("<NavigationProperty Name=\"{}\" Type=\"Collection(mscrm.{})\"", name,
                        other->logical_name);
    const std::string partner = partner_of(navigation, *other);
    if (!partner.empty()) out_ += fmt::format(" Partner=\"{}\"", partner);
    out_ += " />\n";
  }

  static std::string partner_of(const CollectionNavigation& navigation, const Table& other) {
    if (navigation.many_to_many != nullptr)
      return navigation.from_first ? navigation.many_to_many->second.navigation
                                   : navigation.many_to_many->first.navigation;
    const std::string& back = navigation.one_to_many->child_navigation;
    const LookupNavigation found = other.lookup_navigation(back);
    return found.column != nullptr && is_property(*found.column) ? back : std::string();
  }

  /// The community's vocabulary for alternate keys, which the platform uses (§5).
  void write_keys(const Table& table) {
    if (table.keys.empty()) return;
    out_ += "<Annotation Term=\"OData.Community.Keys.V1.AlternateKeys\"><Collection>\n";
    for (const AlternateKey& key : table.keys) {
      out_ +=
          "<Record Type=\"OData.Community.Keys.V1.AlternateKey\"><PropertyValue "
          "Property=\"Key\"><Collection>\n";
      for (const std::uint16_t index : key.columns) {
        const std::string name = table.column_at(index).property_name();
        out_ += fmt::format(
            "<Record Type=\"OData.Community.Keys.V1.PropertyRef\"><PropertyValue "
            "Property=\"Alias\" "
            "String=\"{0}\" /><PropertyValue Property=\"Name\" PropertyPath=\"{0}\" /></Record>\n",
            name);
      }
      out_ += "</Collection></PropertyValue></Record>\n";
    }
    out_ += "</Collection></Annotation>\n";
  }

  void write_container() {
    out_ += "<EntityContainer Name=\"System\">\n";
    for (const Table& table : catalogue_.tables()) {
      if (table.is_deleted) continue;
      out_ += fmt::format("<EntitySet Name=\"{}\" EntityType=\"Microsoft.Dynamics.CRM.{}\">\n",
                          table.entity_set, table.logical_name);
      write_bindings(table);
      out_ += "</EntitySet>\n";
    }
    out_ += csdl_operation_imports() + "</EntityContainer>\n";
  }

  void write_bindings(const Table& table) {
    for (const Column& column : table.columns()) {
      if (!is_property(column)) continue;
      for (const NavigationProperty& property : column.navigation)
        if (property.targets.size() == 1) write_binding(property.name, property.targets[0]);
    }
    for (const auto& [name, navigation] : sorted(table))
      if (const Table* other = other_side(navigation)) write_binding(name, other->logical_name);
  }

  void write_binding(const std::string& path, const std::string& target) {
    if (const Table* table = catalogue_.table(target))
      out_ += fmt::format("<NavigationPropertyBinding Path=\"{}\" Target=\"{}\" />\n", path,
                          table->entity_set);
  }

  const Catalogue& catalogue_;
  std::string out_;
};

}  // namespace

std::string csdl_of(const Organization& org) {
  return CsdlWriter(*org.catalogue).write();
}

}  // namespace flit::sim::dataverse
