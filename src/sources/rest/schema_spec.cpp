#include "sources/rest/schema_spec.hpp"

#include "base/edit_distance.hpp"

namespace flit::sources::rest {

void describe(spec::Parsed<FieldKind>& type) {
  type.as("a field type such as text or instant", "", [](const std::string& text) {
    Result<FieldKind> kind = FieldKind();
    if (const auto known = model::field_type_named(text))
      kind->type = *known;
    else
      kind = Error{.fault = Fault::setup,
                   .message = "there is no field type '" + text + "'",
                   .remedy =
                       "text, long_text, html, email, phone, url, integer, decimal, money, "
                       "boolean, date, instant, choice, choices, reference, file, json, uuid "
                       "or unknown"};
    return kind;
  });
}

void describe(spec::Spec<ObjectKeys>& spec) {
  spec.named("object keys", "Keys of an object's description.");
  spec.field(&ObjectKeys::name, "name", "Its name.").default_to("name");
  spec.field(&ObjectKeys::label, "label", "What people see.").default_to("label");
  spec.field(&ObjectKeys::label_plural, "label_plural", "The same for several.")
      .default_to("label_plural");
  spec.field(&ObjectKeys::custom, "custom", "Whether the customer made it.").default_to("custom");
  spec.field(&ObjectKeys::primary, "primary", "The field that names a record.")
      .default_to("primary_display");
}

void describe(spec::Spec<FieldKeys>& spec) {
  using Keys = FieldKeys;
  spec.named("field keys", "Keys of a field's description.");
  spec.field(&Keys::name, "name", "Its name.").default_to("name");
  spec.field(&Keys::label, "label", "What people see.").default_to("label");
  spec.field(&Keys::description, "description", "What it is for.").default_to("description");
  spec.field(&Keys::group, "group", "Where it is shown.").default_to("group");
  spec.field(&Keys::type, "type", "The source's word for its type.").default_to("type");
  spec.field(&Keys::format, "format", "How it is written: epoch_ms.").default_to("format");
  spec.field(&Keys::custom, "custom", "Whether the customer made it.").default_to("custom");
  spec.field(&Keys::required, "required", "Whether forms ask for it.").default_to("required");
  spec.field(&Keys::unique, "unique", "Whether no two records share it.").default_to("unique");
  spec.field(&Keys::calculated, "calculated", "Whether the source computes it.")
      .default_to("calculated");
  spec.field(&Keys::read_only, "read_only", "Whether nobody sets it.").default_to("read_only");
  spec.field(&Keys::hidden, "hidden", "Whether nobody sees it.").default_to("hidden");
  spec.field(&Keys::archived, "archived", "Whether it is no longer used.").default_to("archived");
  spec.field(&Keys::max_length, "max_length", "The longest text.").default_to("max_length");
  spec.field(&Keys::scale, "scale", "Digits behind the point.").default_to("scale");
  spec.field(&Keys::references, "references", "The object that it names.").default_to("references");
  spec.field(&Keys::options, "options", "Its options.").default_to("options");
  spec.field(&Keys::option_value, "option_value", "An option's value.").default_to("value");
  spec.field(&Keys::option_label, "option_label", "What people see.").default_to("label");
  spec.field(&Keys::option_archived, "option_archived", "Whether it is no longer offered.")
      .default_to("archived");
}

void describe(spec::Spec<RecordField>& spec) {
  spec.named("record field", "A field that every record has beside its own.");
  spec.field(&RecordField::type, "type", "What it is.").required();
  spec.field(&RecordField::label, "label", "What people see.");
  spec.shorthand("type");
}

void describe(spec::Spec<SchemaSpec>& spec) {
  spec.named("schema", "Where the source describes its objects and fields.");
  spec.field(&SchemaSpec::objects, "objects", "Path of the list of objects.").required();
  spec.field(&SchemaSpec::fields, "fields", "Path of an object's fields; {object} is its name.")
      .required();
  spec.field(&SchemaSpec::archived_fields, "archived_fields", "Path of those that are archived.");
  spec.field(&SchemaSpec::object_keys, "object_keys", "Keys of an object's description.");
  spec.field(&SchemaSpec::field_keys, "field_keys", "Keys of a field's description.");
  spec.field(&SchemaSpec::types, "types", "The source's word for a type: ours.");
  spec.field(&SchemaSpec::targets, "targets", "A type: the lists whose ids it holds.");
  spec.field(&SchemaSpec::activities, "activities", "Objects that are activities.");
  spec.field(&SchemaSpec::order, "order", "Parents first; others follow.");
  spec.field(&SchemaSpec::record_fields, "record_fields", "Fields that every record has.")
      .keyed_by<&RecordField::name>();
}

void describe(spec::Spec<AssociationKeys>& spec) {
  using Keys = AssociationKeys;
  spec.named("association keys", "Keys of an association's description.");
  spec.field(&Keys::from, "from", "One object.").default_to("from");
  spec.field(&Keys::to, "to", "The other.").default_to("to");
  spec.field(&Keys::labels, "labels", "Its labels.").default_to("labels");
  spec.field(&Keys::label_value, "label_value", "A label's value.").default_to("key");
  spec.field(&Keys::label_label, "label_label", "What people see.").default_to("label");
  spec.field(&Keys::has_primary, "has_primary", "Whether one edge may be primary.")
      .default_to("has_primary");
  spec.field(&Keys::attributes, "attributes", "Fields of an edge.").default_to("attributes");
}

void describe(spec::Spec<EdgeKeys>& spec) {
  spec.named("edge keys", "Keys of an edge.");
  spec.field(&EdgeKeys::from_id, "from_id", "The record it leads from.").default_to("from_id");
  spec.field(&EdgeKeys::to_id, "to_id", "The record it leads to.").default_to("to_id");
  spec.field(&EdgeKeys::primary, "primary", "Whether it is the main one.").default_to("primary");
  spec.field(&EdgeKeys::label, "label", "Its label.").default_to("label");
  spec.field(&EdgeKeys::attributes, "attributes", "Its own fields.").default_to("attributes");
  spec.field(&EdgeKeys::created_at, "created_at", "When it was made.").default_to("created_at");
  spec.field(&EdgeKeys::archived, "archived", "Whether it is archived.").default_to("archived");
}

void describe(spec::Spec<AssociationSpec>& spec) {
  spec.named("associations",
             "Links between records. Both directions are equal; each is read once, from the object "
             "that comes later in schema.order.");
  spec.field(&AssociationSpec::schema, "schema", "Path of the list of associations.").required();
  spec.field(&AssociationSpec::path, "path", "Path of the edges: /associations/{from}/{to}.")
      .required();
  spec.field(&AssociationSpec::limit, "limit", "Edges asked for per page.").between(0, 10'000);
  spec.field(&AssociationSpec::keys, "keys", "Keys of an association's description.");
  spec.field(&AssociationSpec::edge_keys, "edge_keys", "Keys of an edge.");
}

}  // namespace flit::sources::rest
