#pragma once
/// @file Where a source describes its objects, fields and associations, and under which keys.

#include <map>
#include <string>
#include <vector>

#include "base/spec.hpp"
#include "model/schema.hpp"

namespace flit::sources::rest {

/// A model::FieldType by its own name ("long_text").
struct FieldKind {
  model::FieldType type = model::FieldType::text;
};

struct ObjectKeys {
  std::string name = "name";
  std::string label = "label";
  std::string label_plural = "label_plural";
  std::string custom = "custom";
  std::string primary = "primary_display";
};

struct FieldKeys {
  std::string name = "name";
  std::string label = "label";
  std::string description = "description";
  std::string group = "group";
  std::string type = "type";
  std::string format = "format";
  std::string custom = "custom";
  std::string required = "required";
  std::string unique = "unique";
  std::string calculated = "calculated";
  std::string read_only = "read_only";
  std::string hidden = "hidden";
  std::string archived = "archived";
  std::string max_length = "max_length";
  std::string scale = "scale";
  std::string references = "references";
  std::string options = "options";
  std::string option_value = "value";
  std::string option_label = "label";
  std::string option_archived = "archived";
};

/// A field that every record has beside its properties: "@created_at".
struct RecordField {
  std::string name{};
  FieldKind type{};
  std::string label{};
};

struct SchemaSpec {
  std::string objects{};  ///< path of the list of objects
  std::string fields{};   ///< path of an object's fields: "/schema/objects/{object}/properties"
  std::string archived_fields{};  ///< path of those that are archived; empty: they are not listed
  ObjectKeys object_keys{};
  FieldKeys field_keys{};
  std::map<std::string, FieldKind> types{};                   ///< the source's word → ours
  std::map<std::string, std::vector<std::string>> targets{};  ///< type → objects that it names
  std::vector<std::string> activities{};                      ///< objects that are activities
  std::vector<std::string> order{};  ///< parents first; objects that are not named come last
  std::vector<RecordField> record_fields{};
};

struct AssociationKeys {
  std::string from = "from";
  std::string to = "to";
  std::string labels = "labels";
  std::string label_value = "key";
  std::string label_label = "label";
  std::string has_primary = "has_primary";
  std::string attributes = "attributes";
};

struct EdgeKeys {
  std::string from_id = "from_id";
  std::string to_id = "to_id";
  std::string primary = "primary";
  std::string label = "label";
  std::string attributes = "attributes";
  std::string created_at = "created_at";
  std::string archived = "archived";
};

/// Both directions of an association are readable and equal: the later object of
/// SchemaSpec::order is where it is read from, so that each is read once.
struct AssociationSpec {
  std::string schema{};  ///< path of the list of associations
  std::string path{};    ///< path of the edges: "/associations/{from}/{to}"
  int limit = 0;         ///< edges a page; 0: that of `paging`
  AssociationKeys keys{};
  EdgeKeys edge_keys{};
};

void describe(spec::Parsed<FieldKind>& type);
void describe(spec::Spec<SchemaSpec>& spec);
void describe(spec::Spec<AssociationSpec>& spec);

}  // namespace flit::sources::rest
