#include "automap/scenario.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "automap/inference.hpp"

namespace flit::automap {

namespace {

Error missing(const std::string& where, std::string_view what) {
  return Error{
      .fault = Fault::setup,
      .message = fmt::format("\"{}\" is missing or not what it should be", what),
      .where = where,
      .remedy =
          "Give a scenario as written by score.py strip, or destination metadata in its form."};
}

std::string text_of(const json::Value& value) {
  if (const auto text = value.as_string()) return std::string(*text);
  if (const auto number = value.as_number()) return std::string(*number);
  if (const auto flag = value.as_boolean()) return *flag ? "true" : "false";
  return {};
}

std::vector<Choice> read_choices(const json::Value& list) {
  std::vector<Choice> choices;
  for (const json::Value entry : list.elements()) {
    if (entry.is_object())
      choices.push_back({text_of(entry["value"]), text_of(entry["label"])});
    else
      choices.push_back({text_of(entry), text_of(entry)});
  }
  return choices;
}

std::vector<std::string> read_texts(const json::Value& list) {
  std::vector<std::string> texts;
  for (const json::Value entry : list.elements()) texts.push_back(text_of(entry));
  if (list.is_string()) texts.push_back(text_of(list));
  return texts;
}

Field read_field(const json::Value& value, std::string name) {
  Field field;
  field.name = std::move(name);
  field.label = std::string(value["label"].string_or(""));
  field.native_type = std::string(value["type"].string_or(""));
  field.kind = kind_of_type_word(field.native_type);
  for (const char* key : {"references", "reference_to", "targets"})
    for (std::string& target : read_texts(value[key])) field.targets.push_back(std::move(target));
  field.choices = read_choices(value["values"]);
  field.samples = read_texts(value["samples"]);
  field.null_rate = value.at_path("stats.null_rate").as_double().value_or(0.0);
  field.distinct_ratio = value.at_path("stats.distinct_ratio").as_double().value_or(-1.0);
  const double length = value.at_path("stats.max_len")
                            .as_double()
                            .value_or(value["max_length"].as_double().value_or(0.0));
  field.max_length = static_cast<int>(std::clamp(length, 0.0, 1e9));
  field.required = value["required"].as_boolean().value_or(false);
  field.readonly = value["readonly"].as_boolean().value_or(false);
  field.calculated = value["calculated"].as_boolean().value_or(false);
  field.custom = value["custom"].as_boolean().value_or(false);
  const std::string_view format = value["format"].string_or("");
  if (format == "email") field.kind = Kind::email;
  if (format == "phone") field.kind = Kind::phone;
  if (format == "url") field.kind = Kind::url;
  return field;
}

GoldField read_gold(const json::Value& value) {
  GoldField gold;
  gold.object = text_of(value["source_object"]);
  gold.field = text_of(value["source_field"]);
  gold.mapped = value["status"].string_or("") == "map";
  gold.hard = value["hard"].as_boolean().value_or(false);
  gold.published = value["evidence"].string_or("") == "published";
  for (const char* key : {"dest", "also_ok"})
    for (const json::Value entry : value[key].elements())
      gold.accepted.emplace_back(text_of(entry["object"]), text_of(entry["field"]));
  return gold;
}

void read_gold_into(Scenario& scenario, const json::Value& gold) {
  for (const json::Value entry : gold["fields"].elements())
    if (entry["status"].string_or("") != "ignore") scenario.gold.push_back(read_gold(entry));
  for (const json::Value entry : gold["objects"].elements()) {
    GoldObject object{text_of(entry["source_object"]), read_texts(entry["dest"])};
    for (std::string& name : read_texts(entry["also_ok"]))
      object.accepted.push_back(std::move(name));
    scenario.gold_objects.push_back(std::move(object));
  }
}

}  // namespace

Result<Schema> read_destination(const json::Value& root, const std::string& where) {
  if (!root["objects"].is_object()) return missing(where, "objects");
  Schema schema;
  schema.system = std::string(root["system"].string_or(""));
  for (const json::Member table : root["objects"].members()) {
    Object object;
    object.name = std::string(table.key);
    object.label = std::string(table.value["label"].string_or(""));
    for (const json::Member column : table.value["fields"].members())
      object.fields.push_back(read_field(column.value, std::string(column.key)));
    schema.objects.push_back(std::move(object));
  }
  return schema;
}

Result<Scenario> read_scenario(const json::Value& root, const std::string& where) {
  if (!root.at_path("source_schema.objects").is_array())
    return missing(where, "source_schema.objects");
  Scenario scenario;
  scenario.id = text_of(root["id"]);
  scenario.source_system = text_of(root.at_path("source_system.id"));
  scenario.destination_path = text_of(root["dest_schema"]);
  scenario.source.system = text_of(root.at_path("source_system.name"));
  for (const json::Value entry : root.at_path("source_schema.objects").elements()) {
    Object object;
    object.name = text_of(entry["name"]);
    if (object.name.empty()) return missing(where, "source_schema.objects[].name");
    object.label = std::string(entry["label"].string_or(""));
    object.row_count = entry["row_count"].as_integer().value_or(-1);
    for (const json::Value field : entry["fields"].elements())
      object.fields.push_back(read_field(field, text_of(field["name"])));
    scenario.source.objects.push_back(std::move(object));
  }
  fill_from_samples(scenario.source);
  if (root["dest_overlay"].is_object()) {
    FLIT_TRY(overlay, read_destination(root["dest_overlay"], where));
    scenario.overlay = std::move(overlay);
  }
  read_gold_into(scenario, root["gold"]);
  return scenario;
}

void merge(Schema& schema, const Schema& overlay) {
  for (const Object& extra : overlay.objects) {
    auto found = std::find_if(schema.objects.begin(), schema.objects.end(),
                              [&](const Object& object) { return object.name == extra.name; });
    if (found == schema.objects.end()) {
      schema.objects.push_back(extra);
      continue;
    }
    for (const Field& field : extra.fields) {
      auto same = std::find_if(found->fields.begin(), found->fields.end(),
                               [&](const Field& known) { return known.name == field.name; });
      if (same == found->fields.end())
        found->fields.push_back(field);
      else
        *same = field;
    }
  }
}

}  // namespace flit::automap
