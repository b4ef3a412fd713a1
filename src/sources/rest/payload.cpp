#include "sources/rest/payload.hpp"

#include <algorithm>

#include "base/json_writer.hpp"
#include "base/time.hpp"
#include "sources/rest/json_text.hpp"

namespace flit::sources::rest {
namespace {

std::optional<Instant> instant_of(json::Value value) {
  const auto text = value.as_string();
  if (!text) return {};
  const Result<Instant> moment = parse_instant(*text);
  return moment ? std::optional(*moment) : std::nullopt;
}

void write_value(json::Writer& out, json::Value value) {
  out.raw(value.dump());
}

}  // namespace

Result<void> RecordMaker::add(json::Value row, std::vector<model::Record>& records) const {
  if (endpoint_.each.empty()) {
    FLIT_TRY(record, make(row, {}));
    records.push_back(std::move(record));
    return {};
  }
  for (const json::Value inner : row.at_path(endpoint_.each).elements()) {
    FLIT_TRY(record, make(inner, row));
    records.push_back(std::move(record));
  }
  return {};
}

Result<model::Record> RecordMaker::make(json::Value row, json::Value parent) const {
  const Keys& keys = spec_.keys;
  std::string id = text_of(row.at_path(endpoint_.id.empty() ? keys.id : endpoint_.id));
  if (id.empty() && endpoint_.holds == Endpoint::Holds::one) id = endpoint_.name;
  if (id.empty())
    return Error{.fault = Fault::permanent,
                 .message = "a record has no id",
                 .where = endpoint_.name,
                 .remedy = "Check source.keys.id and source.endpoints." + endpoint_.name + "."};
  model::Record record{
      .key = {.object = endpoint_.name, .id = std::move(id)},
      .payload = endpoint_.nested ? nested_payload(row) : flat_payload(row, parent)};
  record.created_at = instant_of(row.at_path(keys.created_at));
  record.updated_at = instant_of(row.at_path(keys.updated_at));
  // A record that was archived changed then, although its updated_at did not (§1.3).
  if (const auto archived_at = instant_of(row.at_path(keys.archived_at)))
    record.updated_at = std::max(record.updated_at.value_or(*archived_at), *archived_at);
  record.archived = row.at_path(keys.archived).as_boolean().value_or(false);
  const std::string winner = text_of(row.at_path(keys.merged_into));
  if (!winner.empty()) record.merged_into = winner;
  return record;
}

void RecordMaker::write_lookups(json::Value row, json::Value properties, json::Writer& out) const {
  for (const auto& [join, table] : lookups_.all) {
    const std::string_view on = join->on;
    const json::Value id = on.starts_with('@') ? row.find(on.substr(1)) : properties.find(on);
    if (id || !join->objects.empty()) table->write(id, out);
  }
}

std::string RecordMaker::nested_payload(json::Value row) const {
  json::Writer out;
  out.begin_object();
  const auto is_omitted = [&](std::string_view key) {
    return key == spec_.keys.properties ||
           std::find(endpoint_.omit.begin(), endpoint_.omit.end(), key) != endpoint_.omit.end();
  };
  for (const auto& [key, value] : row.members()) {
    if (is_omitted(key)) continue;
    out.key("@" + std::string(key));
    write_value(out, value);
  }
  const json::Value properties = row.find(spec_.keys.properties);
  write_lookups(row, properties, out);
  for (const auto& [key, value] : properties.members()) {
    out.key(key);
    write_value(out, value);
  }
  return out.end_object().take();
}

std::string RecordMaker::flat_payload(json::Value row, json::Value parent) const {
  json::Writer out;
  out.begin_object();
  for (const auto& [key, value] : row.members()) {
    out.key(key);
    write_value(out, value);
  }
  for (const auto& [key, value] : parent.members()) {
    if (key == endpoint_.each) continue;
    out.key(endpoint_.parent_prefix + std::string(key));
    write_value(out, value);
  }
  write_lookups(row, row, out);
  return out.end_object().take();
}

Result<model::Edge> edge_of(const EdgeKeys& keys, std::string_view association, json::Value row) {
  model::Edge edge{.association = std::string(association),
                   .from_id = text_of(row.at_path(keys.from_id)),
                   .to_id = text_of(row.at_path(keys.to_id)),
                   .label = text_of(row.at_path(keys.label)),
                   .primary = row.at_path(keys.primary).as_boolean().value_or(false),
                   .archived = row.at_path(keys.archived).as_boolean().value_or(false),
                   .created_at = instant_of(row.at_path(keys.created_at))};
  if (edge.from_id.empty() || edge.to_id.empty())
    return Error{.fault = Fault::permanent,
                 .message = "an edge names only one record",
                 .where = edge.association,
                 .remedy = "Check source.associations.edge_keys."};
  if (const json::Value own = row.at_path(keys.attributes); own.is_object())
    edge.attributes = own.dump();
  return edge;
}

}  // namespace flit::sources::rest
