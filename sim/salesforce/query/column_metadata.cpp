#include "sim/salesforce/query/column_metadata.hpp"

#include "base/json_writer.hpp"

namespace flit::sim::salesforce {
namespace {

struct Column {
  std::string name;
  std::string apex_type = "String";
  bool aggregate = false;
  bool custom = false;
  bool boolean = false;
  bool number = false;
  bool insertable = false;
  bool updatable = false;
};

Column column_of(const Object* object, const soql::Field& field) {
  Column column{.name = field.name, .custom = field.custom};
  column.boolean = field.type == soql::FieldType::boolean;
  column.number = field.type == soql::FieldType::integer || field.type == soql::FieldType::number;
  if (column.boolean) column.apex_type = "Boolean";
  if (column.number)
    column.apex_type = field.type == soql::FieldType::integer ? "Integer" : "Double";
  if (field.type == soql::FieldType::id || field.type == soql::FieldType::reference)
    column.apex_type = "Id";
  if (field.type == soql::FieldType::date) column.apex_type = "Date";
  if (field.type == soql::FieldType::datetime) column.apex_type = "Datetime";
  const Field* known = object == nullptr ? nullptr : object->find(field.name);
  column.insertable = known != nullptr && known->createable;
  column.updatable = known != nullptr && known->updateable;
  return column;
}

/// The parts before the joins; the caller closes them and the object.
void begin_column(json::Writer& out, const Column& column) {
  out.begin_object().member("aggregate", column.aggregate).member("apexType", column.apex_type);
  out.member("booleanType", column.boolean)
      .member("columnName", column.name)
      .member("custom", column.custom);
  out.member("displayName", column.name)
      .key("foreignKeyName")
      .null()
      .member("insertable", column.insertable);
  out.key("joinColumns").begin_array();
}

void end_column(json::Writer& out, const Column& column) {
  out.end_array().member("numberType", column.number);
  out.member("textType", !column.number && !column.boolean)
      .member("updatable", column.updatable)
      .end_object();
}

void write_nodes(json::Writer& out, const Object* object, const soql::Projection& nodes) {
  for (const soql::Node& node : nodes) {
    if (node.kind == soql::Node::Kind::field) {
      const Column column = column_of(object, node.path.field);
      begin_column(out, column);
      end_column(out, column);
      continue;
    }
    const Column join{.name = node.name, .aggregate = node.kind == soql::Node::Kind::children};
    begin_column(out, join);
    write_nodes(out, nullptr, node.sub_plan ? node.sub_plan->projection : node.below);
    end_column(out, join);
  }
}

}  // namespace

std::string column_metadata(const Organization& org, const soql::Plan& plan,
                            const soql::Query& query) {
  const Object* object = org.catalogue->find(query.from);
  json::Writer out;
  out.begin_object().key("columnMetadata").begin_array();
  write_nodes(out, object, plan.projection);
  for (const soql::ResultColumn& result : plan.results) {
    Column column = column_of(nullptr, {.name = result.name, .type = result.type});
    column.aggregate = result.kind == soql::ResultColumn::Kind::aggregate;
    begin_column(out, column);
    end_column(out, column);
  }
  bool id_selected = false;
  for (const soql::Node& node : plan.projection) id_selected = id_selected || node.name == "Id";
  out.end_array().member("entityName", object == nullptr ? query.from : object->name);
  out.member("groupBy", !plan.group_by.empty()).member("idSelected", id_selected);
  out.member("keyPrefix", object == nullptr ? "" : object->prefix_text()).end_object();
  return out.take();
}

}  // namespace flit::sim::salesforce
