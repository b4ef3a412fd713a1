#include "sim/salesforce/schema/facts/object_reader.hpp"

#include <charconv>

#include "base/check.hpp"
#include "base/text.hpp"
#include "sim/salesforce/schema/facts/embedded.hpp"

namespace flit::sim::salesforce::facts {
namespace {

using Parts = std::vector<std::string_view>;

bool has(std::string_view flags, char letter) {
  return flags.find(letter) != std::string_view::npos;
}

int number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

ObjectFlags object_flags(std::string_view flags) {
  return {.createable = has(flags, 'c'),
          .updateable = has(flags, 'u'),
          .deletable = has(flags, 'd'),
          .undeletable = has(flags, 'n'),
          .mergeable = has(flags, 'm'),
          .queryable = has(flags, 'q'),
          .retrieveable = has(flags, 'r'),
          .searchable = has(flags, 's'),
          .replicateable = has(flags, 'p'),
          .triggerable = has(flags, 't'),
          .feed_enabled = has(flags, 'f'),
          .mru_enabled = has(flags, 'M'),
          .layoutable = has(flags, 'l'),
          .search_layoutable = has(flags, 'S'),
          .compact_layoutable = has(flags, 'C')};
}

void set_flags(Field& field, std::string_view flags) {
  field.nillable = has(flags, 'n');
  field.createable = has(flags, 'c');
  field.updateable = has(flags, 'u');
  field.defaulted_on_create = has(flags, 'd');
  field.id_lookup = has(flags, 'k');
  field.name_field = has(flags, 'N');
  field.unique = has(flags, 'q');
  field.external_id = has(flags, 'x');
  field.restricted_picklist = has(flags, 'R');
  field.polymorphic = has(flags, 'P');
  field.name_pointing = has(flags, 'p');
  field.auto_number = has(flags, 'a');
  field.groupable = !has(flags, 'G');
  field.aggregatable = !has(flags, 'A');
  field.sortable = !has(flags, 'S');
  field.filterable = !has(flags, 'F');
}

/// "Account>Contacts>c,Asset"
std::vector<ParentLink> parents(std::string_view list) {
  std::vector<ParentLink> links;
  for (const std::string_view each : text::split(list, ",")) {
    const Parts parts = text::split(each, ">");
    ParentLink link{.object = std::string(parts[0])};
    if (parts.size() == 3) {
      link.child_relationship = std::string(parts[1]);
      link.cascade = has(parts[2], 'c');
      link.restricted = has(parts[2], 'r');
    }
    links.push_back(std::move(link));
  }
  return links;
}

Field read_field(const Parts& parts) {
  Field field;
  field.name = std::string(parts[1]);
  const auto type = field_type(parts[2]);
  FLIT_CHECK(type.has_value(), "a shipped field has a known type");
  field.type = *type;
  const Parts sizes = text::split(parts[3], "/");
  field.length = number(sizes[0]);
  if (sizes.size() == 3) {
    field.precision = number(sizes[1]);
    field.scale = number(sizes[2]);
  }
  set_flags(field, parts[4]);
  field.label = std::string(parts[5]);
  if (field.type == FieldType::boolean) field.default_value = "false";
  for (std::size_t i = 6; i < parts.size(); ++i) {
    const std::size_t equals = parts[i].find('=');
    const std::string_view key = parts[i].substr(0, equals);
    const std::string value(parts[i].substr(equals + 1));
    if (key == "digits") field.digits = number(value);
    if (key == "def") field.default_value = value;
    if (key == "cut") field.values_are_examples = true;
    if (key == "comp") field.compound = value;
    if (key == "extra") field.extra_type = value;
    if (key == "rel") field.relationship = value;
    if (key == "to") field.parents = parents(value);
  }
  return field;
}

PicklistValue read_value(const Parts& parts) {
  PicklistValue value{.value = std::string(parts[1]), .label = std::string(parts[1])};
  for (std::size_t i = 2; i < parts.size(); ++i) {
    if (parts[i].starts_with("label=")) value.label = std::string(parts[i].substr(6));
    if (!parts[i].starts_with("is=")) continue;
    value.is_default = has(parts[i], 'd');
    value.active = !has(parts[i].substr(3), 'i');
  }
  return value;
}

void read_object(Catalogue& catalogue, std::string_view whole) {
  Object* object = nullptr;
  Field* field = nullptr;
  for (const std::string_view line : text::split(whole, "\n")) {
    if (line.empty()) continue;
    const Parts parts = text::split(line, "\t");
    if (parts[0] == "T") {
      object = &catalogue.add(std::string(parts[1]));
      object->prefix = parts[2] == "-" ? 0 : RecordId::prefix_of(parts[2]);
      object->flags = object_flags(parts[3]);
      object->label = std::string(parts[4]);
      object->label_plural = std::string(parts[5]);
    } else if (parts[0] == "F") {
      field = &object->add_field(read_field(parts));
    } else {
      field->values.push_back(read_value(parts));
    }
  }
}

}  // namespace

void read_objects(Catalogue& catalogue) {
  for (const std::string_view text : embedded_objects()) read_object(catalogue, text);
  // TaskStatus has no known prefix (facts README); it shares the status rows' 01J (§7).
  if (Object* statuses = catalogue.mutable_object("TaskStatus"))
    statuses->prefix = RecordId::prefix_of("01J");
}

}  // namespace flit::sim::salesforce::facts
