#include "worlds.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "automap/scenario.hpp"
#include "base/json_reader.hpp"

namespace flit::bench {

namespace {

namespace fs = std::filesystem;
using automap::Field;
using automap::Object;
using automap::Schema;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string numbered(const std::string& text, std::size_t number) {
  return text + " " + std::to_string(number);
}

// Fields in the order of the scenarios, from `start` on, round and round.
Object woven(const Sources& sources, std::string name, std::size_t fields, std::size_t start) {
  std::vector<const Field*> all;
  for (const Object& object : sources.objects)
    for (const Field& field : object.fields) all.push_back(&field);
  Object object{std::move(name), ""};
  for (std::size_t i = 0; i < fields; ++i) {
    Field field = *all[(start + i) % all.size()];
    const std::size_t round = (start + i) / all.size();
    const auto same = [&](const Field& other) { return other.name == field.name; };
    if (round > 0 || std::any_of(object.fields.begin(), object.fields.end(), same)) {
      field.name = numbered(field.name, i);
      if (!field.label.empty()) field.label = numbered(field.label, i);
    }
    object.fields.push_back(std::move(field));
  }
  return object;
}

}  // namespace

Result<Sources> read_sources(const fs::path& mapping) {
  Sources sources;
  json::Document document;
  FLIT_TRY(root, document.read(text_of(mapping / "dest/dataverse.json")));
  FLIT_TRY(destination, automap::read_destination(root, "dataverse.json"));
  sources.destination = std::move(destination);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(mapping / "dev"))
    if (entry.path().string().ends_with("__dataverse.json")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    json::Document scenario_document;
    FLIT_TRY(scenario_root, scenario_document.read(text_of(file)));
    FLIT_TRY(scenario, automap::read_scenario(scenario_root, file.string()));
    for (Object& object : scenario.source.objects) sources.objects.push_back(std::move(object));
  }
  return sources;
}

Schema one_object(const Sources& sources, std::size_t fields) {
  return {"Somewhere", {woven(sources, "contacts", fields, 0)}};
}

Schema many_objects(const Sources& sources, std::size_t objects, std::size_t fields) {
  Schema schema{"Somewhere", {}};
  for (std::size_t i = 0; i < objects; ++i) {
    const Object& pattern = sources.objects[i % sources.objects.size()];
    std::string name = pattern.name;
    if (i >= sources.objects.size()) name = numbered(name, i / sources.objects.size());
    schema.objects.push_back(woven(sources, std::move(name), fields, 37 * i));
  }
  return schema;
}

Schema many_tables(const Sources& sources, std::size_t tables) {
  Schema schema{sources.destination.system, {}};
  const auto& standard = sources.destination.objects;
  for (std::size_t i = 0; i < tables; ++i) {
    Object table = standard[i % standard.size()];
    if (const std::size_t round = i / standard.size(); round > 0) {
      table.name = "new_" + table.name + std::to_string(round);
      table.label = numbered(table.label, round);
    }
    schema.objects.push_back(std::move(table));
  }
  return schema;
}

std::size_t fields_of(const Schema& schema) {
  std::size_t count = 0;
  for (const Object& object : schema.objects) count += object.fields.size();
  return count;
}

}  // namespace flit::bench
