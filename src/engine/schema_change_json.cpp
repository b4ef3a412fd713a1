#include "engine/schema_change_json.hpp"

#include <fmt/format.h>

#include "model/schema_json.hpp"

namespace flit::engine {
namespace {

using model::SchemaChange;
namespace as_json = model::as_json;

struct Write {
  json::Writer& out;

  template <typename Part>
  void put(std::string_view key, const Part& part) const {
    out.key(key);
    as_json::write(out, part);
  }

  void operator()(const model::CreateTable& step) const {
    out.member("do", "create table");
    put("table", step.table);
  }
  void operator()(const model::CreateColumn& step) const {
    out.member("do", "create column").member("table", step.table);
    put("column", step.column);
    if (!step.choice.empty()) out.member("choice", step.choice);
  }
  void operator()(const model::CreateChoice& step) const {
    out.member("do", "create choice").member("name", step.name).member("label", step.label);
    out.key("options").begin_array();
    for (const model::Option& option : step.options) as_json::write(out, option);
    out.end_array();
  }
  void operator()(const model::AddOption& step) const {
    out.member("do", "add option").member("table", step.table).member("column", step.column);
    put("option", step.option);
  }
  void operator()(const model::CreateRelationship& step) const {
    out.member("do", "create relationship");
    put("relationship", step.relationship);
    put("lookup", step.lookup);
  }
  void operator()(const model::CreateKey& step) const {
    out.member("do", "create key").member("table", step.table);
    put("key", step.key);
  }
};

std::string text_of(json::Value value, std::string_view key) {
  return std::string(value[key].string_or(""));
}

template <typename Part>
Part part_of(json::Value value) {
  Part part;
  as_json::read(value, part);
  return part;
}

}  // namespace

void write_change(json::Writer& out, const SchemaChange& change) {
  out.begin_object();
  std::visit(Write{out}, change);
  out.end_object();
}

std::string change_json(const SchemaChange& change) {
  json::Writer out;
  write_change(out, change);
  return out.take();
}

Result<SchemaChange> read_change(json::Value in) {
  const std::string what = text_of(in, "do");
  const std::string table = text_of(in, "table");
  if (what == "create table")
    return SchemaChange(model::CreateTable{part_of<model::Object>(in["table"])});
  if (what == "create column")
    return SchemaChange(
        model::CreateColumn{table, part_of<model::Field>(in["column"]), text_of(in, "choice")});
  if (what == "create choice") {
    model::CreateChoice choice{text_of(in, "name"), text_of(in, "label"), {}};
    for (const json::Value option : in["options"].elements())
      choice.options.push_back(part_of<model::Option>(option));
    return SchemaChange(std::move(choice));
  }
  if (what == "add option")
    return SchemaChange(
        model::AddOption{table, text_of(in, "column"), part_of<model::Option>(in["option"])});
  if (what == "create relationship")
    return SchemaChange(model::CreateRelationship{part_of<model::Relationship>(in["relationship"]),
                                                  part_of<model::Field>(in["lookup"])});
  if (what == "create key")
    return SchemaChange(model::CreateKey{table, part_of<model::Key>(in["key"])});
  return Error{.fault = Fault::setup,
               .message = fmt::format("'{}' is no change of a schema", what),
               .where = "schema change",
               .remedy = "Use the version of flitstack that wrote it, or a newer one"};
}

}  // namespace flit::engine
