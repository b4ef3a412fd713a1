// EntityDefinition and FieldDefinition: their rows are the objects and fields themselves. What real
// clients ask of them (fact sheet §9.3) is there, other fields are null.

#include <algorithm>

#include "sim/salesforce/query/store_view.hpp"

namespace flit::sim::salesforce {
namespace {

using soql::Deleted;
using soql::Record;
using soql::RowVisitor;
using soql::Value;

Value kept(std::string& scratch, std::string text) {
  scratch = std::move(text);
  return scratch.empty() ? Value{} : Value::of_text(scratch);
}

/// Rows are numbered (object, field); the field is missing for an entity.
class Definitions : public soql::ObjectView {
 public:
  Definitions(const StoreView& schema, const Object& object)
      : schema_(schema), object_(object), of_fields_(object.name == "FieldDefinition") {}

  std::string_view name() const override { return object_.name; }

  std::optional<soql::Field> field(std::string_view name) const override {
    const Field* found = object_.find_visible(name);
    return found == nullptr ? std::nullopt : std::optional(soql_field(*found));
  }
  std::optional<soql::ParentLink> parent(std::string_view relationship) const override {
    if (!of_fields_ || relationship != "EntityDefinition") return std::nullopt;
    return soql::ParentLink{
        .handle = 0, .name = "EntityDefinition", .targets = {schema_.object("EntityDefinition")}};
  }
  std::optional<soql::ChildLink> children(std::string_view) const override { return std::nullopt; }
  std::vector<soql::Field> fields() const override {
    std::vector<soql::Field> all;
    for (const Field& each : object_.fields()) all.push_back(soql_field(each));
    return all;
  }

  void scan(Deleted, const RowVisitor& visit) const override {
    for (const auto& object : schema_.org().catalogue->all()) {
      if (!object->visible || object->deleted) continue;
      const soql::Row row = static_cast<soql::Row>(object->index) << 16U;
      if (!of_fields_ && !visit(row)) return;
      if (!of_fields_) continue;
      for (const Field& field : object->fields())
        if (field.is_visible() && !visit(row | field.index)) return;
    }
  }

  std::optional<std::vector<soql::Row>> rows_with(std::uint32_t, const Value&,
                                                  Deleted) const override {
    return std::nullopt;
  }

  Value value(soql::Row row, std::uint32_t handle, std::string& scratch) const override {
    const Object& object = schema_.org().catalogue->at(row >> 16U);
    const std::string& name = object_.field(handle).name;
    return of_fields_ ? of_field(object, object.field(row & 0xFFFFU), name, scratch)
                      : of_object(object, name, scratch);
  }

  Record parent_of(soql::Row row, std::uint32_t) const override {
    return {schema_.object("EntityDefinition"), row & ~static_cast<soql::Row>(0xFFFFU)};
  }
  void children_of(soql::Row, std::uint32_t, Deleted, const RowVisitor&) const override {}

 private:
  static Value of_object(const Object& object, std::string_view name, std::string& scratch) {
    if (name == "QualifiedApiName" || name == "DurableId" || name == "DeveloperName")
      return kept(scratch, object.name);
    if (name == "Label" || name == "MasterLabel") return kept(scratch, object.label);
    if (name == "PluralLabel") return kept(scratch, object.label_plural);
    if (name == "KeyPrefix") return kept(scratch, object.prefix_text());
    if (name == "IsQueryable") return Value::of_boolean(object.flags.queryable);
    if (name == "IsCustomizable")
      return Value::of_boolean(object.custom || object.flags.createable);
    if (name == "IsDeprecatedAndHidden" || name == "IsCustomSetting")
      return Value::of_boolean(false);
    return {};
  }

  static Value of_field(const Object& object, const Field& field, std::string_view name,
                        std::string& scratch) {
    if (name == "QualifiedApiName" || name == "DeveloperName") return kept(scratch, field.name);
    if (name == "EntityDefinitionId") return kept(scratch, object.name);
    if (name == "DurableId") return kept(scratch, object.name + "." + field.name);
    if (name == "Label" || name == "MasterLabel") return kept(scratch, field.label);
    if (name == "DataType") return kept(scratch, std::string(to_string(field.type)));
    if (name == "Length") return Value::of_number(field.length);
    if (name == "Precision") return Value::of_number(field.precision);
    if (name == "Scale") return Value::of_number(field.scale);
    if (name == "RelationshipName") return kept(scratch, field.relationship);
    if (name == "IsNillable") return Value::of_boolean(field.nillable);
    if (name == "IsCalculated") return Value::of_boolean(field.calculated);
    if (name == "IsNameField") return Value::of_boolean(field.name_field);
    if (name == "IsCompound") return Value::of_boolean(is_compound(field.type));
    if (name == "IsPolymorphicForeignKey") return Value::of_boolean(field.polymorphic);
    return {};
  }

  const StoreView& schema_;
  const Object& object_;
  bool of_fields_;
};

}  // namespace

std::unique_ptr<soql::ObjectView> definition_view(const StoreView& schema, const Object& object) {
  if (object.name != "EntityDefinition" && object.name != "FieldDefinition") return nullptr;
  return std::make_unique<Definitions>(schema, object);
}

}  // namespace flit::sim::salesforce
