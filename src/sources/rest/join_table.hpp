#pragma once
/// @file What a small list says about its ids: made once from its rows, then only looked into.
///
/// "stage 14" → its label, its pipeline's label, its probability. Lists are those of people and
/// settings (owners, stages, tags), never of records, so they fit in memory. Values are kept as
/// JSON: a decimal that the source sends as text stays exactly that. Immutable once made.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "model/record.hpp"
#include "model/schema.hpp"
#include "sources/rest/spec.hpp"

namespace flit::sources::rest {

class JoinTable {
 public:
  /// `join` outlives this.
  explicit JoinTable(const Join& join) : join_(&join) {}

  /// Takes a row of the list. Fault::permanent: its payload is no JSON object.
  Result<void> add(const model::Record& row);

  /// Writes the added fields of a record whose id (or list of ids) is `on`: null where nothing is
  /// known.
  void write(json::Value on, json::Writer& out) const;

  /// The fields for an object's schema. `object` has the field that AddedField::options_of names.
  std::vector<model::Field> fields(const model::Object& object) const;

 private:
  struct Cell {
    std::string json;
    std::string text;
  };
  using Row = std::vector<Cell>;  // in the order of join_->add

  /// Where a row stands among the others, however the source listed them.
  struct Place {
    std::vector<std::int64_t> rank;  // its numbers under Join::order
    std::string id;

    bool operator<(const Place& other) const;
  };

  const Row* find(json::Value id) const;
  std::vector<model::Option> options(std::size_t column, const model::Object& object) const;

  const Join* join_;
  std::unordered_map<std::string, Row, TextHash, std::equal_to<>> rows_;
  std::set<Place> order_;
};

}  // namespace flit::sources::rest
