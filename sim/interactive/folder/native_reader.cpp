#include "sim/interactive/folder/native_reader.hpp"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "sim/base/snapshot.hpp"
#include "sim/interactive/api/record_writer.hpp"

namespace flit::sim::interactive {

namespace {

namespace fs = std::filesystem;

std::string text(json::Value value, std::string_view key) {
  return std::string(value[key].string_or(""));
}
std::uint64_t number(json::Value value, std::string_view key) {
  return parse_id(value[key].string_or("")).value_or(0);
}
std::int64_t time(json::Value value, std::string_view key) {
  const std::int64_t ms = parse_ms(value[key].string_or(""));
  return ms == no_time ? 0 : ms;
}
bool flag(json::Value value, std::string_view key) {
  return value[key].as_boolean().value_or(false);
}
int small(json::Value value, std::string_view key) {
  return static_cast<int>(value[key].as_integer().value_or(0));
}
std::vector<std::string> texts(json::Value value, std::string_view key) {
  std::vector<std::string> all;
  for (const json::Value one : value[key].elements()) all.emplace_back(one.string_or(""));
  return all;
}

Owner read_owner(json::Value value) {
  return {.id = number(value, "id"),
          .user_id = text(value, "user_id"),
          .email = text(value, "email"),
          .first_name = text(value, "first_name"),
          .last_name = text(value, "last_name"),
          .active = flag(value, "active"),
          .type = text(value, "type"),
          .teams = texts(value, "teams"),
          .created_ms = time(value, "created_at"),
          .updated_ms = time(value, "updated_at")};
}

Pipeline read_pipeline(json::Value value) {
  Pipeline pipeline{text(value, "id"), text(value, "label"), small(value, "order"),
                    flag(value, "archived")};
  for (const json::Value one : value["stages"].elements())
    pipeline.stages.push_back({text(one, "id"), text(one, "label"), small(one, "order"),
                               text(one, "probability"), text(one, "forecast_category"),
                               flag(one, "closed"), one["won"].as_boolean(),
                               flag(one, "archived")});
  return pipeline;
}

Tag read_tag(json::Value value) {
  return {.id = number(value, "id"),
          .label = text(value, "label"),
          .color = text(value, "color"),
          .objects = texts(value, "objects"),
          .usage = static_cast<std::uint64_t>(value["usage"].as_integer().value_or(0)),
          .updated_ms = time(value, "updated_at")};
}

StageEntry read_entry(json::Value value) {
  return {.id = number(value, "id"),
          .deal_id = number(value, "deal_id"),
          .pipeline_id = number(value, "pipeline_id"),
          .stage_id = number(value, "stage_id"),
          .entered_ms = time(value, "entered_at"),
          .exited_ms = time(value, "exited_at"),
          .by_user_id = number(value, "by_user_id")};
}

File read_file_record(json::Value value, const fs::path& bytes) {
  File file{.id = number(value, "id"), .name = text(value, "name")};
  file.extension = text(value, "extension");
  file.mime_type = text(value, "mime_type");
  file.checksum_algorithm = text(value["checksum"], "algorithm");
  file.checksum = text(value["checksum"], "value");
  file.content_id = text(value, "content_id");
  file.is_inline = flag(value, "inline");
  const std::string status = text(value, "status");
  if (status == "quarantined") file.status = FileStatus::quarantined;
  if (status == "missing") file.status = FileStatus::missing;
  file.folder = text(value, "folder");
  for (const json::Value parent : value["attached_to"].elements())
    file.attached_to.push_back({text(parent, "object"), number(parent, "id")});
  file.uploaded_by = text(value, "uploaded_by");
  file.created_ms = time(value, "created_at");
  file.updated_ms = time(value, "updated_at");
  file.archived_ms = time(value, "archived_at");
  file.content =
      FileContent::on_disk((bytes / std::to_string(file.id)).string(), number(value, "size"));
  return file;
}

AssociationType read_association(json::Value value) {
  AssociationType type{text(value, "from"), text(value, "to")};
  for (const json::Value label : value["labels"].elements())
    type.labels.push_back({text(label, "key"), text(label, "label")});
  type.has_primary = flag(value, "has_primary");
  for (const json::Value one : value["attributes"].elements()) {
    Property attribute{.name = text(one, "name"), .label = text(one, "label")};
    attribute.type = property_type(text(one, "type")).value_or(PropertyType::string);
    if (one["scale"]) attribute.scale = small(one, "scale");
    type.attributes.push_back(std::move(attribute));
  }
  return type;
}

class FolderReader {
 public:
  FolderReader(fs::path folder, Dataset& data) : folder_(std::move(folder)), data_(data) {}

  Result<void> read() {
    FLIT_TRY_VOID(read_account());
    FLIT_TRY_VOID(read_schema());
    FLIT_TRY_VOID(
        list("owners.json", [&](json::Value one) { data_.owners.push_back(read_owner(one)); }));
    FLIT_TRY_VOID(list("pipelines.json",
                       [&](json::Value one) { data_.pipelines.push_back(read_pipeline(one)); }));
    FLIT_TRY_VOID(list("tags.json", [&](json::Value one) { data_.tags.push_back(read_tag(one)); }));
    FLIT_TRY_VOID(list("modules.json", [&](json::Value one) {
      data_.modules.push_back({text(one, "key"), text(one, "name"), flag(one, "enabled"),
                               text(one, "origin"), text(one, "replaces")});
    }));
    FLIT_TRY_VOID(list("workflows.json", [&](json::Value one) {
      data_.workflows.push_back({number(one, "id"), one.dump()});
    }));
    FLIT_TRY_VOID(list("clause_library.json", [&](json::Value one) {
      data_.clauses.push_back({text(one, "id"), text(one, "title"), text(one, "category"),
                               text(one, "jurisdiction"), small(one, "version"),
                               text(one, "origin") == "own"});
    }));
    for (const auto& table : data_.tables) FLIT_TRY_VOID(read_records(*table));
    for (const auto& table : data_.edges) FLIT_TRY_VOID(read_edges(*table));
    FLIT_TRY_VOID(lines("stage_history.jsonl",
                        [&](json::Value one) { data_.history.push_back(read_entry(one)); }));
    FLIT_TRY_VOID(lines("files.jsonl", [&](json::Value one) {
      data_.files.push_back(read_file_record(one, folder_ / "files"));
    }));
    return read_truth();
  }

 private:
  Result<json::Document> document(const std::string& name) const {
    const std::string path = (folder_ / name).string();
    FLIT_TRY(bytes, read_file(path));
    auto parsed = json::parse(bytes);
    if (!parsed) {
      Error error = parsed.error();
      error.fault = Fault::setup;
      error.where = path;
      return error;
    }
    return parsed;
  }

  template <typename Take>
  Result<void> list(const std::string& name, Take&& take) const {
    if (!file_exists((folder_ / name).string())) return {};
    FLIT_TRY(parsed, document(name));
    for (const json::Value one : parsed.root()["results"].elements()) take(one);
    return {};
  }

  template <typename Take>
  Result<void> lines(const std::string& name, Take&& take) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    json::Document parsed;
    std::size_t number_of_line = 0;
    for (std::string line; std::getline(in, line);) {
      ++number_of_line;
      if (line.empty()) continue;
      const auto value = parsed.read(line);
      if (!value)
        return Error{.fault = Fault::setup,
                     .message = value.error().message,
                     .where = (folder_ / name).string() + ":" + std::to_string(number_of_line)};
      take(*value);
    }
    return {};
  }

  Result<void> read_account() {
    FLIT_TRY(parsed, document("account.json"));
    const json::Value root = parsed.root();
    const json::Value shown = root["account"];
    data_.account = {text(shown, "id"),         text(shown, "name"),   text(shown, "timezone"),
                     text(shown, "currency"),   text(shown, "locale"), text(shown, "edition"),
                     text(shown, "created_at"), text(root, "domain"),  text(root, "user_id"),
                     text(root, "user_email")};
    data_.seed = static_cast<std::uint64_t>(root["seed"].as_integer().value_or(0));
    return {};
  }

  Result<void> read_schema() {
    FLIT_TRY(parsed, document("schema.json"));
    data_.tables.clear();
    data_.edges.clear();
    for (const json::Value one : parsed.root()["objects"].elements()) {
      const json::Value object = one["object"];
      ObjectSchema schema;
      schema.name = text(object, "name");
      schema.label = text(object, "label");
      schema.label_plural = text(object, "label_plural");
      schema.module = text(object, "module");
      schema.primary_display = text(object, "primary_display");
      schema.custom = flag(object, "custom");
      for (const json::Value each : one["properties"].elements()) {
        FLIT_TRY(property, read_property(each));
        schema.add(std::move(property));
      }
      data_.add_object(std::move(schema));
    }
    FLIT_TRY_VOID(require_core());
    for (const json::Value one : parsed.root()["associations"].elements()) {
      const AssociationType type = read_association(one);
      if (data_.table(type.from) != nullptr && data_.table(type.to) != nullptr)
        data_.edges.push_back(std::make_unique<EdgeTable>(type));
    }
    return {};
  }

  /// Every other object may be switched off.
  Result<void> require_core() const {
    for (const char* core : {"contacts", "companies", "deals"})
      if (data_.table(core) == nullptr)
        return Error{.fault = Fault::setup,
                     .message = fmt::format("no account is without the object '{}'", core),
                     .where = (folder_ / "schema.json").string(),
                     .remedy = "Describe it under objects; it may have no records"};
    return {};
  }

  Result<void> read_records(RecordTable& table) {
    const std::string& object = table.schema().name;
    return lines("objects/" + object + ".jsonl", [&](json::Value one) {
      Draft draft(table.schema());
      draft.id = number(one, "id");
      draft.created_ms = time(one, "created_at");
      draft.updated_ms = time(one, "updated_at");
      draft.archived_ms = time(one, "archived_at");
      draft.created_by = text(one, "created_by");
      draft.updated_by = text(one, "updated_by");
      const auto kept = [&](std::string_view key) {
        return one[key] && one[key].size() != 0 ? one[key].dump() : std::string();
      };
      draft.system = {kept("tags"), kept("participants"), kept("merged_ids"),
                      one["merged_into"] ? one["merged_into"].dump() : std::string()};
      for (const json::Member member : one["properties"].members())
        if (!is_computed(object, member.key) && table.schema().index_of(member.key))
          draft.json(member.key, member.value.dump());
      table.append(draft);
    });
  }

  Result<void> read_edges(EdgeTable& table) {
    return lines("associations/" + table.type().from + "-" + table.type().to + ".jsonl",
                 [&](json::Value one) {
                   const std::string label = text(one, "label");
                   const std::string attributes = one["attributes"].dump();
                   table.add({.from = number(one, "from_id"),
                              .to = number(one, "to_id"),
                              .label = label,
                              .primary = flag(one, "primary"),
                              .created_ms = time(one, "created_at"),
                              .attributes = attributes,
                              .updated_ms = time(one, "updated_at"),
                              .archived = flag(one, "archived")});
                 });
  }

  /// What no API shows: which ids were purged, and the generator's cases.
  Result<void> read_truth() {
    if (!file_exists((folder_ / "truth.json").string())) return {};
    FLIT_TRY(parsed, document("truth.json"));
    for (const json::Member member : parsed.root()["purged"].members())
      for (const json::Value id : member.value.elements())
        data_.purged[std::string(member.key)].push_back(parse_id(id.string_or("")).value_or(0));
    for (const json::Value one : parsed.root()["cases"].elements()) {
      TruthCase read{text(one, "case"), texts(one, "rows"), text(one, "object")};
      for (const json::Value id : one["ids"].elements())
        read.ids.push_back(parse_id(id.string_or("")).value_or(0));
      read.expect = one["expect"].dump();
      data_.cases.push_back(std::move(read));
    }
    return {};
  }

  fs::path folder_;
  Dataset& data_;
};

}  // namespace

Result<void> read_native(const std::string& folder, Dataset& data) {
  return FolderReader(folder, data).read();
}

}  // namespace flit::sim::interactive
