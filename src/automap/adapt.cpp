#include "automap/adapt.hpp"

#include "automap/inference.hpp"

namespace flit::automap {

Kind kind_of(model::FieldType type) {
  using model::FieldType;
  switch (type) {
    case FieldType::text:
      return Kind::text;
    case FieldType::long_text:
    case FieldType::html:
      return Kind::long_text;
    case FieldType::email:
      return Kind::email;
    case FieldType::phone:
      return Kind::phone;
    case FieldType::url:
      return Kind::url;
    case FieldType::integer:
      return Kind::integer;
    case FieldType::decimal:
      return Kind::number;
    case FieldType::money:
      return Kind::money;
    case FieldType::boolean:
      return Kind::boolean;
    case FieldType::date:
      return Kind::date;
    case FieldType::instant:
      return Kind::instant;
    case FieldType::choice:
      return Kind::choice;
    case FieldType::choices:
      return Kind::choices;
    case FieldType::reference:
      return Kind::reference;
    case FieldType::file:
      return Kind::binary;
    case FieldType::json:
      return Kind::long_text;
    case FieldType::uuid:
      return Kind::id;
    case FieldType::unknown:
      return Kind::unknown;
  }
  return Kind::unknown;
}

namespace {

Field adapted(const model::Field& field) {
  Field result;
  result.name = field.name;
  result.label = field.label;
  result.native_type = field.native_type;
  result.kind = kind_of(field.type);
  result.targets = field.targets;
  for (const model::Option& option : field.options)
    if (!option.archived) result.choices.push_back({option.value, option.label});
  result.max_length = static_cast<int>(field.max_length.value_or(0));
  result.required = field.required == model::Requirement::system ||
                    field.required == model::Requirement::application;
  result.readonly = field.calculated || (!field.creatable && !field.updatable);
  result.custom = field.custom;
  result.calculated = field.calculated;
  if (field.unique) result.distinct_ratio = 1.0;
  return result;
}

// Named after the other side alone: "companies" of a contact.
Field linking(const model::Association& association, const model::Schema& schema) {
  Field result;
  result.name = association.from + association_arrow + association.to;
  const model::Object* to = schema.find_object(association.to);
  result.label = to != nullptr && !to->label.empty() ? to->label : association.to;
  result.native_type = "association";
  result.kind = Kind::reference;
  result.targets = {association.to};
  return result;
}

}  // namespace

Schema adapt(const model::Schema& schema, const Samples& samples) {
  Schema result;
  result.system = schema.platform;
  for (const model::Object& object : schema.objects) {
    Object entry;
    entry.name = object.name;
    entry.label = object.label;
    for (const model::Field& field : object.fields) {
      entry.fields.push_back(adapted(field));
      const auto found = samples.find({object.name, field.name});
      if (found != samples.end()) entry.fields.back().samples = found->second;
    }
    for (const model::Association& association : schema.associations)
      if (association.from == object.name && association.to != object.name)
        entry.fields.push_back(linking(association, schema));
    result.objects.push_back(std::move(entry));
  }
  fill_from_samples(result);
  return result;
}

}  // namespace flit::automap
