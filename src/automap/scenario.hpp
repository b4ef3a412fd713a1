#pragma once
/// @file Reads mapping scenarios and destination metadata in the JSON form of data/mapping.
///
/// A scenario is one source system and one destination (docs/automap.md describes the form).
/// Readers take what is there and tolerate what is not: only the objects and their names are
/// demanded.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "automap/schema.hpp"
#include "base/json_reader.hpp"
#include "base/result.hpp"

namespace flit::automap {

/// What a person said about one source field; present only in labelled scenarios.
struct GoldField {
  std::string object{};
  std::string field{};
  bool mapped = false;                                          ///< false: must stay unmapped
  std::vector<std::pair<std::string, std::string>> accepted{};  ///< (table, column), best first
  bool hard = false;
  bool published = false;
};

struct GoldObject {
  std::string object{};
  std::vector<std::string> accepted{};
};

struct Scenario {
  std::string id{};
  std::string source_system{};
  std::string destination_path{};  ///< as written in the scenario, relative to the mapping folder
  Schema source{};
  Schema overlay{};  ///< what this customer's destination has on top
  std::vector<GoldField> gold{};
  std::vector<GoldObject> gold_objects{};
};

Result<Scenario> read_scenario(const json::Value& root, const std::string& where);

/// Destination metadata: {"objects": {table: {label, fields: {column: …}}}}.
Result<Schema> read_destination(const json::Value& root, const std::string& where);

/// Adds the objects and fields of `overlay` to `schema`, replacing fields of the same name.
void merge(Schema& schema, const Schema& overlay);

}  // namespace flit::automap
