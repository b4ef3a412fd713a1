#pragma once
/// @file A schema as JSON text and back, so that what was described once can be kept and compared.
///
/// The same schema gives the same bytes. Members that say nothing beyond their default are left
/// out.

#include <string>
#include <string_view>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "model/schema.hpp"

namespace flit::model {

std::string to_json(const Schema& schema);

/// Fault::permanent when the text is not what to_json() writes.
Result<Schema> schema_of_json(std::string_view text);

/// The parts, for documents that hold some of them: one JSON value each.
namespace as_json {
void write(json::Writer& out, const Option& option);
void write(json::Writer& out, const Field& field);
void write(json::Writer& out, const Key& key);
void write(json::Writer& out, const Object& object);
void write(json::Writer& out, const Relationship& relationship);
void read(json::Value in, Option& option);
void read(json::Value in, Field& field);
void read(json::Value in, Key& key);
void read(json::Value in, Object& object);
void read(json::Value in, Relationship& relationship);
}  // namespace as_json

}  // namespace flit::model
