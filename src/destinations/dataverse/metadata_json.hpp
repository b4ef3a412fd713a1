#pragma once
/// @file The metadata API's JSON as model::Field, Key and Relationship (facts/dataverse.md §11).
///
/// Pure: text in, descriptions out. Property names are PascalCase, as the platform writes them.

#include <string>
#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "destinations/dataverse/table.hpp"
#include "model/schema.hpp"

namespace flit::destinations::dataverse {

/// {"UserLocalizedLabel": {"Label": "x"}} or {"LocalizedLabels": [{"Label": "x"}]}.
std::string label_of(json::Value label);

/// A row of EntityDefinitions without its columns.
model::Object object_of(json::Value entity);

/// The base of a column: name, label, type, required, creatable, updatable. Companions that are no
/// property of the Web API ("owneridname") come back with native_type empty.
model::Field field_of(json::Value attribute);

/// Adds what only the cast to the column's own type shows: lengths, precision, options, targets.
void refine(model::Field& field, json::Value attribute);

model::Key key_of(json::Value key);

/// A row of ManyToOneRelationships or OneToManyRelationships.
model::Relationship relationship_of(json::Value relationship);

model::Association association_of(json::Value relationship);

/// Drops "primarycontactidname" and its like where "primarycontactid" is a lookup (§3).
void drop_companions(std::vector<model::Field>& fields);

/// The options of {"Options": […]} or of a two-valued {"TrueOption", "FalseOption"}.
std::vector<model::Option> options_of(json::Value option_set);

}  // namespace flit::destinations::dataverse
