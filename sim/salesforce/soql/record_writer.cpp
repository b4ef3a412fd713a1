#include "sim/salesforce/soql/record_writer.hpp"

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "sim/salesforce/soql/run.hpp"

namespace flit::sim::salesforce::soql {
namespace {

void append_key_name(std::string& out, std::string_view name) {
  out += ",\"";
  out += name;
  out += "\":";
}

}  // namespace

RecordWriter::RecordWriter(std::string_view version)
    : prefix_(fmt::format("/services/data/v{}/sobjects/", version)) {}

std::uint32_t RecordWriter::id_handle(const ObjectView* object) {
  for (const IdField& known : id_fields_)
    if (known.object == object) return known.handle;
  const auto field = object->field("Id");
  id_fields_.push_back({object, field ? field->handle : 0});
  return id_fields_.back().handle;
}

void RecordWriter::append_url(std::string& out, const Record& record) {
  scratch_.clear();
  const Value id = record.object->value(record.row, id_handle(record.object), scratch_);
  out += prefix_;
  out += record.object->name();
  out += '/';
  out += id.text;
}

void RecordWriter::append_attributes(std::string& out, const Record& record) {
  out += R"("attributes":{"type":")";
  out += record.object->name();
  out += R"(","url":")";
  append_url(out, record);
  out += "\"}";
}

void RecordWriter::append_value(std::string& out, const Value& value, FieldType type,
                                const Record& record, std::string_view name) {
  switch (value.kind) {
    case Value::Kind::null:
      out += "null";
      return;
    case Value::Kind::text:
      json::append_quoted(out, value.text);
      return;
    case Value::Kind::boolean:
    case Value::Kind::number:
    case Value::Kind::floating:
    case Value::Kind::json:
      append_text(out, value, type == FieldType::integer, InstantZone::offset);
      return;
    case Value::Kind::id:
    case Value::Kind::date:
    case Value::Kind::instant:
    case Value::Kind::time:
      out += '"';
      append_text(out, value, false, InstantZone::offset);
      out += '"';
      return;
    case Value::Kind::blob:
      out += '"';
      append_url(out, record);
      out += '/';
      out += name;
      out += '"';
      return;
  }
}

void RecordWriter::append_above(std::string& out, const Node& node, const Record& record) {
  const Record parent = follow(node.step, record);
  if (!parent) {
    out += "null";
    return;
  }
  if (node.kind == Node::Kind::parent) {
    append(out, node.below, parent);
    return;
  }
  for (const Node& arm : node.below) {
    if (arm.object != nullptr && arm.object != parent.object) continue;
    append(out, arm.below, parent);
    return;
  }
  out += '{';
  append_attributes(out, parent);
  out += '}';
}

void RecordWriter::append_children(std::string& out, const Node& node, const Record& record) {
  const Plan& plan = *node.sub_plan;
  const auto rows = rows_of(plan, node.children, record);
  if (rows.empty()) {
    out += "null";
    return;
  }
  out += fmt::format(R"({{"totalSize":{},"done":true,"records":[)", rows.size());
  bool first = true;
  for (const Row row : rows) {
    if (!first) out += ',';
    first = false;
    append(out, plan.projection, {plan.object, row});
  }
  out += "]}";
}

void RecordWriter::append_node(std::string& out, const Node& node, const Record& record) {
  append_key_name(out, node.name);
  switch (node.kind) {
    case Node::Kind::field: {
      scratch_.clear();
      const Value value = read(node.path, record, scratch_);
      append_value(out, value, node.path.type(), record, node.name);
      return;
    }
    case Node::Kind::parent:
    case Node::Kind::type_of:
    case Node::Kind::arm:
      append_above(out, node, record);
      return;
    case Node::Kind::children:
      append_children(out, node, record);
      return;
  }
}

void RecordWriter::append(std::string& out, const Projection& projection, const Record& record) {
  out += '{';
  append_attributes(out, record);
  for (const Node& node : projection) append_node(out, node, record);
  out += '}';
}

void RecordWriter::append(std::string& out, const std::vector<ResultColumn>& columns,
                          const std::vector<Constant>& values) {
  out += R"({"attributes":{"type":"AggregateResult"})";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    append_key_name(out, columns[i].name);
    append_value(out, values[i].value(), columns[i].type, {}, columns[i].name);
  }
  out += '}';
}

}  // namespace flit::sim::salesforce::soql
