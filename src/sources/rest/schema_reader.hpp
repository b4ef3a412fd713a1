#pragma once
/// @file From a source's own description of its objects, fields and associations to the model's.
///
/// What the source says is kept (its words for types, archived options, flags); what it does not
/// say is not made up. Types that the pack does not know stay `unknown` and are kept as text. Pure.

#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "model/schema.hpp"
#include "sources/rest/spec.hpp"

namespace flit::sources::rest {

/// An object without its fields, from one row of the list of objects.
model::Object object_of(const RestSpec& spec, json::Value row);

/// From one row of the list of an object's fields.
model::Field field_of(const SchemaSpec& spec, json::Value row);

/// The fields that every record has beside its own.
std::vector<model::Field> record_fields_of(const SchemaSpec& spec);

/// Where an object stands in SchemaSpec::order; behind all others when it is not named.
std::size_t rank_of(const SchemaSpec& spec, std::string_view object);

/// The associations, each in the direction in which it is read, each once. Those that start in one
/// object and end in the same keep their direction.
std::vector<model::Association> associations_of(const RestSpec& spec, json::Value rows);

}  // namespace flit::sources::rest
