#include "mapping/document.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/yaml_reader.hpp"
#include "mapping/document_spec.hpp"

namespace flit::mapping {
namespace {

namespace fs = std::filesystem;

/// Words that YAML would not take for text, or not for this text, are quoted as in JSON.
std::string scalar(std::string_view text) {
  constexpr std::string_view harmless =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./ ";
  const bool plain = !text.empty() && text.find_first_not_of(harmless) == std::string_view::npos &&
                     std::isalpha(static_cast<unsigned char>(text.front())) != 0 &&
                     text.back() != ' ' && text != "true" && text != "false" && text != "null";
  if (plain) return std::string(text);
  std::string quoted;
  json::append_quoted(quoted, text);
  return quoted;
}

/// One line: {key: value, …}. Empty values are left out.
class Line {
 public:
  Line& text(std::string_view key, std::string_view value) {
    return value.empty() ? *this : raw(key, scalar(value));
  }
  Line& flag(std::string_view key, bool value) { return value ? raw(key, "true") : *this; }
  Line& raw(std::string_view key, std::string_view value) {
    line_ += fmt::format("{}{}: {}", line_.empty() ? "" : ", ", key, value);
    return *this;
  }
  std::string str() const { return "{" + line_ + "}"; }
  bool empty() const { return line_.empty(); }

 private:
  std::string line_;
};

std::string list(const std::vector<std::string>& values) {
  std::string all;
  for (const std::string& value : values) all += (all.empty() ? "" : ", ") + scalar(value);
  return "[" + all + "]";
}

std::string pairs(const std::vector<std::pair<std::string, std::string>>& values) {
  std::string all;
  for (const auto& [key, value] : values)
    all += (all.empty() ? "" : ", ") + scalar(key) + ": " + scalar(value);
  return "{" + all + "}";
}

std::string number(double value) {
  return fmt::format("{:.4g}", value);
}

std::string condition(const model::Condition& made) {
  using Kind = model::Condition::Kind;
  const auto parts = [&made] {
    std::string all;
    for (const auto& part : made.parts) all += (all.empty() ? "" : ", ") + condition(part);
    return all;
  };
  switch (made.kind) {
    case Kind::always:
      return {};
    case Kind::equals:
      return Line().text("field", made.field).raw("equals", scalar(made.values.front())).str();
    case Kind::in:
      return Line().text("field", made.field).raw("in", list(made.values)).str();
    case Kind::missing:
      return Line().text("field", made.field).flag("missing", true).str();
    case Kind::before:
      return Line().text("field", made.field).text("before", made.other).str();
    case Kind::differs:
      return Line().text("field", made.field).text("differs_from", made.other).str();
    case Kind::all:
      return "{all: [" + parts() + "]}";
    case Kind::any:
      return "{any: [" + parts() + "]}";
    case Kind::negation:
      return "{not: " + parts() + "}";
    case Kind::expression:
      return Line().text("jq", made.expression).str();
  }
  return {};
}

std::string why(const model::Rationale& rationale) {
  Line line;
  if (rationale.confidence) line.raw("confidence", number(*rationale.confidence));
  line.text("reason", rationale.reason);
  std::string others;
  for (const auto& [column, confidence] : rationale.alternatives)
    others += (others.empty() ? "" : ", ") + scalar(column) + ": " + number(confidence);
  if (!others.empty()) line.raw("alternatives", "{" + others + "}");
  return line.empty() ? std::string() : line.str();
}

std::string_view name_of(model::TooLong choice) {
  switch (choice) {
    case model::TooLong::fail:
      return "fail";
    case model::TooLong::truncate:
      return "truncate";
    case model::TooLong::attach:
      return "attach";
  }
  return "";
}

std::string_view name_of(model::OtherValues choice) {
  switch (choice) {
    case model::OtherValues::fail:
      return "fail";
    case model::OtherValues::null:
      return "empty";
    case model::OtherValues::keep_text:
      return "keep";
    case model::OtherValues::use_default:
      return "default";
  }
  return "";
}

std::string route(const model::Route& route) {
  Line line;
  line.text("to", route.table).text("row", route.row);
  if (route.when.kind != model::Condition::Kind::always) line.raw("when", condition(route.when));
  return line.text("unrouted", route.unrouted).text("because", route.because).str();
}

std::string field(const model::FieldRule& rule) {
  Line line;
  line.text("from", rule.from).text("to", rule.to);
  if (!rule.tables.empty()) line.raw("tables", list(rule.tables));
  line.text("convert", rule.convert);
  if (!rule.arguments.empty()) line.raw("arguments", pairs(rule.arguments));
  if (rule.values)
    line.raw("values", fmt::format("{{map: {}, other: {}}}", pairs(rule.values->pairs),
                                   name_of(rule.values->other)));
  if (rule.fallback) line.raw("fallback", scalar(*rule.fallback));
  if (rule.too_long != model::TooLong::fail) line.raw("too_long", name_of(rule.too_long));
  line.flag("preserved", rule.preserved).text("row", rule.row);
  if (const std::string reason = why(rule.why); !reason.empty()) line.raw("why", reason);
  return line.str();
}

std::string link(const model::LinkRule& rule) {
  Line line;
  line.raw("associations", list(rule.associations));
  if (!rule.tables.empty()) line.raw("tables", list(rule.tables));
  line.text("lookup", rule.lookup).text("fallback", rule.fallback).text("further", rule.further);
  if (!rule.roles.empty()) line.raw("roles", pairs(rule.roles));
  line.text("row", rule.row);
  if (const std::string reason = why(rule.why); !reason.empty()) line.raw("why", reason);
  return line.str();
}

std::string state(const model::StateRule& rule) {
  Line line;
  line.text("table", rule.table);
  if (rule.when.kind != model::Condition::Kind::always) line.raw("when", condition(rule.when));
  line.text("state", rule.state).text("status", rule.status);
  std::string fields;
  for (const model::FieldRule& one : rule.fields)
    fields += (fields.empty() ? "" : ", ") + field(one);
  if (!fields.empty()) line.raw("fields", "[" + fields + "]");
  return line.text("row", rule.row).text("because", rule.because).str();
}

std::string check(const model::CheckRule& rule) {
  Line line;
  line.text("finding", rule.code).raw("when", condition(rule.when)).flag("holds", rule.holds);
  return line.text("row", rule.row).text("because", rule.because).str();
}

std::string field_list(const std::vector<model::FieldRule>& rules) {
  std::string all;
  for (const model::FieldRule& one : rules)
    all += (all.empty() ? "\n      " : ",\n      ") + field(one);
  return "[" + all + "]";
}

std::string also(const model::AlsoRule& rule) {
  Line line;
  line.text("as", rule.name).text("to", rule.table).raw("key", list(rule.key));
  if (!rule.tables.empty()) line.raw("tables", list(rule.tables));
  if (rule.when.kind != model::Condition::Kind::always) line.raw("when", condition(rule.when));
  line.text("lookup", rule.lookup).text("fallback", rule.fallback).text("row", rule.row);
  if (const std::string reason = why(rule.why); !reason.empty()) line.raw("why", reason);
  return line.raw("fields", field_list(rule.fields)).str();
}

template <typename Items, typename Write>
void section(std::string& out, std::string_view title, const Items& items, Write write) {
  if (items.empty()) return;
  out += fmt::format("\n{}:\n", title);
  for (const auto& item : items) out += "  - " + write(item) + "\n";
}

Error cannot(std::string_view what, const fs::path& path, const std::error_code& code) {
  return {.fault = Fault::setup,
          .message = fmt::format("cannot {}: {}", what, code.message()),
          .where = path.string(),
          .remedy = "Look at the folder's permissions and the space on its disk"};
}

}  // namespace

std::optional<ObjectDocument> read_object_map(std::string_view text, const std::string& file,
                                              Diagnostics& diagnostics) {
  const auto source = std::make_shared<const SourceText>(file, std::string(text));
  const auto root = yaml::read(source, diagnostics);
  if (!root) return {};
  auto written = spec::read<ObjectFile>(*root, diagnostics);
  if (!written) return {};
  std::string path = written->map;
  return ObjectDocument{.path = std::move(path), .map = object_map(std::move(*written))};
}

std::string write_object_map(const ObjectDocument& document) {
  const model::ObjectMap& map = document.map;
  std::string out = fmt::format(
      "# What becomes of {}. Edit freely, then run `flitstack map check`; nothing moves before it "
      "is confirmed.\n"
      "map: {}\nobject: {}\n",
      map.object, scalar(document.path), scalar(map.object));
  if (!map.held.empty()) out += "held: " + scalar(map.held) + "\n";
  section(out, "routes", map.routes, route);
  section(out, "fields", map.fields, field);
  section(out, "also", map.also, also);
  section(out, "links", map.links, link);
  section(out, "states", map.states, state);
  section(out, "checks", map.checks, check);
  section(out, "ignore", map.ignored, [](const model::IgnoredField& one) {
    return Line().text("field", one.from).text("because", one.reason).str();
  });
  return out;
}

namespace {

std::vector<fs::path> files_in(const fs::path& folder, std::error_code& failed) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string whole_text(const fs::path& file, Diagnostics& diagnostics) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  std::error_code ignored;
  if (!in || fs::is_directory(file, ignored))
    diagnostics.error(Position::in_file(std::make_shared<const SourceText>(file.string(), "")),
                      "the file cannot be read", "look at its permissions");
  return text.str();
}

/// Every object has one file, and every file is of the same path.
void check_together(const model::MapDocument& map, const ObjectDocument& next,
                    const std::vector<fs::path>& read, const fs::path& file,
                    Diagnostics& diagnostics) {
  const Position at = Position::in_file(std::make_shared<const SourceText>(file.string(), ""));
  if (next.path != map.path)
    diagnostics.error(at,
                      fmt::format("the file belongs to a map of {}, {} to one of {}", next.path,
                                  read.front().filename().string(), map.path),
                      "keep the files of one path in the folder");
  for (std::size_t i = 0; i < map.objects.size(); ++i)
    if (map.objects[i].object == next.map.object)
      diagnostics.error(
          at, fmt::format("{} speaks for {} already", read[i].filename().string(), next.map.object),
          "keep one of the two files");
}

}  // namespace

Result<std::vector<MapFile>> map_files(const fs::path& folder) {
  std::error_code failed;
  const std::vector<fs::path> paths = files_in(folder, failed);
  if (failed) return cannot("read the map", folder, failed);
  if (paths.empty())
    return Error{.fault = Fault::setup,
                 .message = "there is no map yet",
                 .where = folder.string(),
                 .remedy = "`flitstack map propose` writes one"};
  std::vector<MapFile> files;
  files.reserve(paths.size());
  Diagnostics diagnostics;
  for (const fs::path& path : paths) files.push_back({path, whole_text(path, diagnostics)});
  if (diagnostics.has_errors()) return diagnostics.to_error();
  return files;
}

Result<model::MapDocument> read_map(const std::vector<MapFile>& files) {
  model::MapDocument map;
  Diagnostics diagnostics;
  std::vector<fs::path> read;
  for (const MapFile& file : files) {
    auto document = read_object_map(file.text, file.path.string(), diagnostics);
    if (!document) continue;
    if (map.path.empty()) map.path = document->path;
    check_together(map, *document, read, file.path, diagnostics);
    read.push_back(file.path);
    map.objects.push_back(std::move(document->map));
  }
  if (diagnostics.has_errors()) return diagnostics.to_error();
  return map;
}

Result<model::MapDocument> read_map(const fs::path& folder) {
  FLIT_TRY(files, map_files(folder));
  return read_map(files);
}

Position position_of(const fs::path& folder, const MapItem& item) {
  std::error_code ignored;
  for (const fs::path& file : files_in(folder, ignored)) {
    Diagnostics diagnostics;
    const auto root =
        yaml::read(std::make_shared<const SourceText>(file.string(), whole_text(file, diagnostics)),
                   diagnostics);
    if (!root || !root->is_map()) continue;
    const yaml::Entry* object = root->find("object");
    if (object == nullptr || !object->value.is_text() || object->value.text() != item.object)
      continue;
    const yaml::Entry* section = root->find(item.section);
    const bool there = section != nullptr && section->value.is_sequence() &&
                       item.index < section->value.items().size();
    return there ? section->value.items()[item.index].at() : Position();
  }
  return {};
}

}  // namespace flit::mapping
