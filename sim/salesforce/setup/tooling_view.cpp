#include "sim/salesforce/setup/tooling_view.hpp"

#include <array>

#include "sim/salesforce/metadata/naming.hpp"
#include "sim/salesforce/setup/schema_setup.hpp"

namespace flit::sim::salesforce {
namespace {

using soql::FieldType;
using soql::Value;

struct Column {
  std::string_view name;
  FieldType type;
};

constexpr std::array<Column, 5> field_columns{{{"Id", FieldType::id},
                                               {"DeveloperName", FieldType::text},
                                               {"TableEnumOrId", FieldType::text},
                                               {"NamespacePrefix", FieldType::text},
                                               {"FullName", FieldType::text}}};

constexpr std::array<Column, 4> object_columns{{{"Id", FieldType::id},
                                                {"DeveloperName", FieldType::text},
                                                {"NamespacePrefix", FieldType::text},
                                                {"FullName", FieldType::text}}};

}  // namespace

/// A row is an object's index and, for fields, a field's.
class ToolingView::Definitions : public soql::ObjectView {
 public:
  Definitions(const Catalogue& catalogue, bool of_fields)
      : catalogue_(catalogue), of_fields_(of_fields) {}

  std::string_view name() const override { return of_fields_ ? "CustomField" : "CustomObject"; }

  std::vector<soql::Field> fields() const override {
    std::vector<soql::Field> all;
    const auto add = [&](const Column& column) {
      all.push_back({.handle = static_cast<std::uint32_t>(all.size()),
                     .name = std::string(column.name),
                     .type = column.type});
    };
    if (of_fields_)
      for (const Column& column : field_columns) add(column);
    else
      for (const Column& column : object_columns) add(column);
    return all;
  }

  std::optional<soql::Field> field(std::string_view name) const override {
    for (soql::Field& field : fields())
      if (soql::equal_without_case(field.name, name)) return std::move(field);
    return std::nullopt;
  }
  std::optional<soql::ParentLink> parent(std::string_view) const override { return std::nullopt; }
  std::optional<soql::ChildLink> children(std::string_view) const override { return std::nullopt; }

  void scan(soql::Deleted, const soql::RowVisitor& visit) const override {
    for (const auto& object : catalogue_.all()) {
      if (object->deleted) continue;
      const soql::Row row = soql::Row{object->index} << 16U;
      if (!of_fields_) {
        if (object->custom && !visit(row)) return;
        continue;
      }
      for (const Field& field : object->fields())
        if (field.custom && !field.deleted && !visit(row | field.index)) return;
    }
  }

  std::optional<std::vector<soql::Row>> rows_with(std::uint32_t, const Value&,
                                                  soql::Deleted) const override {
    return std::nullopt;
  }

  Value value(soql::Row row, std::uint32_t handle, std::string& scratch) const override {
    const Object& object = catalogue_.at(row >> 16U);
    const Field* field = of_fields_ ? &object.field(row & 0xFFFFU) : nullptr;
    const std::string_view column =
        of_fields_ ? field_columns[handle].name : object_columns[handle].name;
    if (column == "Id") {
      scratch = (field != nullptr ? id_of_field(object, *field) : id_of_object(object)).text();
      return Value::of_id(scratch);
    }
    if (column == "NamespacePrefix") return {};
    if (column == "TableEnumOrId")
      scratch = object.custom ? id_of_object(object).text() : object.name;
    else if (column == "DeveloperName")
      scratch = metadata::without_suffix(field != nullptr ? field->name : object.name);
    else
      scratch = field != nullptr ? object.name + "." + field->name : object.name;
    return Value::of_text(scratch);
  }

  soql::Record parent_of(soql::Row, std::uint32_t) const override { return {}; }
  void children_of(soql::Row, std::uint32_t, soql::Deleted,
                   const soql::RowVisitor&) const override {}

 private:
  const Catalogue& catalogue_;
  bool of_fields_;
};

ToolingView::ToolingView(const Catalogue& catalogue)
    : fields_(std::make_unique<Definitions>(catalogue, true)),
      objects_(std::make_unique<Definitions>(catalogue, false)) {}

ToolingView::~ToolingView() = default;

bool ToolingView::has(std::string_view object) {
  return soql::equal_without_case(object, "CustomField") ||
         soql::equal_without_case(object, "CustomObject");
}

const soql::ObjectView* ToolingView::object(std::string_view name) const {
  if (soql::equal_without_case(name, "CustomField")) return fields_.get();
  if (soql::equal_without_case(name, "CustomObject")) return objects_.get();
  return nullptr;
}

}  // namespace flit::sim::salesforce
