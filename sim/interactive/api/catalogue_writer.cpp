#include "sim/interactive/api/catalogue_writer.hpp"

namespace flit::sim::interactive {

namespace {

void member_or_null(json::Writer& out, std::string_view key, std::string_view text) {
  out.key(key);
  text.empty() ? out.null() : out.string(text);
}

void time_member(json::Writer& out, std::string_view key, std::int64_t ms) {
  out.member(key, instant_text(ms));
}

/// Files and tags show whole seconds (facts/sources.md §1.3).
std::int64_t whole_seconds(std::int64_t ms) {
  return ms / 1000 * 1000;
}

void write_texts(json::Writer& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key).begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

std::string_view status_text(FileStatus status) {
  if (status == FileStatus::quarantined) return "quarantined";
  return status == FileStatus::missing ? "missing" : "available";
}

void write_stage(json::Writer& out, const Stage& stage) {
  out.begin_object().member("id", stage.id).member("label", stage.label);
  out.member("order", stage.order);
  member_or_null(out, "probability", stage.probability);
  member_or_null(out, "forecast_category", stage.forecast_category);
  out.member("closed", stage.closed).key("won");
  stage.won ? out.boolean(*stage.won) : out.null();
  out.member("archived", stage.archived).end_object();
}

}  // namespace

void write(json::Writer& out, const Account& account) {
  out.begin_object().member("id", account.id).member("name", account.name);
  out.member("timezone", account.timezone).member("currency", account.currency);
  out.member("locale", account.locale).member("edition", account.edition);
  out.member("created_at", account.created_at);
  out.member("modules_url", "/api/v1/account/modules").end_object();
}

void write(json::Writer& out, const Module& module) {
  out.begin_object().member("key", module.key).member("name", module.name);
  out.member("enabled", module.enabled).member("origin", module.origin);
  member_or_null(out, "replaces", module.replaces);
  out.end_object();
}

void write(json::Writer& out, const Owner& owner) {
  out.begin_object().member("id", std::to_string(owner.id));
  member_or_null(out, "user_id", owner.user_id);
  member_or_null(out, "email", owner.email);
  out.member("first_name", owner.first_name).member("last_name", owner.last_name);
  out.member("active", owner.active).member("type", owner.type);
  write_texts(out, "teams", owner.teams);
  time_member(out, "created_at", owner.created_ms);
  time_member(out, "updated_at", owner.updated_ms);
  out.end_object();
}

void write(json::Writer& out, const Pipeline& pipeline) {
  out.begin_object().member("id", pipeline.id).member("label", pipeline.label);
  out.member("order", pipeline.order).member("archived", pipeline.archived);
  out.key("stages").begin_array();
  for (const Stage& stage : pipeline.stages) write_stage(out, stage);
  out.end_array().end_object();
}

void write(json::Writer& out, const Tag& tag) {
  out.begin_object().member("id", std::to_string(tag.id)).member("label", tag.label);
  out.member("color", tag.color);
  write_texts(out, "objects", tag.objects);
  out.member("usage", tag.usage);
  time_member(out, "updated_at", whole_seconds(tag.updated_ms));
  out.end_object();
}

void write(json::Writer& out, const StageEntry& entry) {
  out.begin_object().member("id", std::to_string(entry.id));
  out.member("deal_id", std::to_string(entry.deal_id));
  out.member("pipeline_id", std::to_string(entry.pipeline_id));
  out.member("stage_id", std::to_string(entry.stage_id));
  time_member(out, "entered_at", entry.entered_ms);
  out.key("exited_at");
  entry.exited_ms == 0 ? out.null() : out.string(instant_text(entry.exited_ms));
  out.member("by_user_id", std::to_string(entry.by_user_id)).end_object();
}

void write(json::Writer& out, const Clause& clause) {
  out.begin_object().member("id", clause.id).member("title", clause.title);
  out.member("category", clause.category).member("jurisdiction", clause.jurisdiction);
  out.member("version", clause.version).member("origin", clause.own ? "own" : "vendor");
  out.key("body").null().end_object();
}

void write(json::Writer& out, const File& file) {
  out.begin_object().member("id", std::to_string(file.id)).member("name", file.name);
  member_or_null(out, "extension", file.extension);
  out.member("mime_type", file.mime_type);
  out.member("size", std::to_string(file.content.size())).key("checksum");
  if (file.checksum_algorithm.empty()) {
    out.null();
  } else {
    out.begin_object().member("algorithm", file.checksum_algorithm);
    out.member("value", file.checksum).end_object();
  }
  member_or_null(out, "content_id", file.content_id);
  out.member("inline", file.is_inline).member("status", status_text(file.status));
  out.member("folder", file.folder).key("attached_to").begin_array();
  for (const Attachment& parent : file.attached_to) {
    out.begin_object().member("object", parent.object);
    out.member("id", std::to_string(parent.id)).end_object();
  }
  out.end_array().member("uploaded_by", file.uploaded_by);
  time_member(out, "created_at", file.created_ms);
  time_member(out, "updated_at", whole_seconds(file.updated_ms));
  out.member("archived", file.archived_ms != 0);
  if (file.archived_ms != 0) time_member(out, "archived_at", file.archived_ms);
  out.end_object();
}

void write(json::Writer& out, const AssociationType& type) {
  out.begin_object().member("from", type.from).member("to", type.to);
  out.member("cardinality", "many_to_many").key("labels").begin_array();
  for (const AssociationLabel& label : type.labels)
    out.begin_object().member("key", label.key).member("label", label.label).end_object();
  out.end_array().member("has_primary", type.has_primary).key("attributes").begin_array();
  for (const Property& attribute : type.attributes) {
    out.begin_object().member("name", attribute.name).member("label", attribute.label);
    out.member("type", to_string(attribute.type));
    if (attribute.scale) out.member("scale", *attribute.scale);
    out.end_object();
  }
  out.end_array().end_object();
}

void write_object(json::Writer& out, const ObjectSchema& schema, std::size_t count_hint) {
  out.begin_object().member("name", schema.name).member("label", schema.label);
  out.member("label_plural", schema.label_plural).member("custom", schema.custom);
  out.member("module", schema.module).member("primary_display", schema.primary_display);
  out.member("count_hint", count_hint).end_object();
}

void append_edge(std::string& out, const EdgeTable& table, const Edge& edge, Direction direction) {
  const bool forward = direction == Direction::forward;
  out += R"({"from_id":")" + std::to_string(forward ? edge.from : edge.to);
  out += R"(","to_id":")" + std::to_string(forward ? edge.to : edge.from);
  out += edge.primary ? R"(","primary":true,"label":)" : R"(","primary":false,"label":)";
  if (edge.label == 0)
    out += "null";
  else
    json::append_quoted(out, table.label(edge));
  out += R"(,"attributes":)";
  out += edge.attributes == 0 ? "{}" : table.attributes(edge);
  out += R"(,"created_at":")";
  append_instant_text(out, edge.created_ms);
  out += R"(","updated_at":")";
  append_instant_text(out, table.updated_ms(edge));
  out += edge.archived ? R"(","archived":true})" : R"(","archived":false})";
}

}  // namespace flit::sim::interactive
