#pragma once
/// @file From a row of an answer to a record with one flat payload.
///
/// Record-level keys come first under "@" names, then what look-ups add, then the properties, all
/// in the source's order and with number lexemes untouched. A flat row (an owner, a file) keeps its
/// keys as they are. One per page; not thread-safe.

#include <memory>
#include <string>
#include <vector>

#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "model/record.hpp"
#include "model/source.hpp"
#include "sources/rest/join_table.hpp"
#include "sources/rest/spec.hpp"

namespace flit::sources::rest {

/// The look-ups that apply to one list, each with the field that they read.
struct Lookups {
  struct One {
    const Join* join;
    const JoinTable* table;
  };
  std::vector<One> all{};
};

class RecordMaker {
 public:
  /// The arguments outlive this.
  RecordMaker(const RestSpec& spec, const Endpoint& endpoint, const Lookups& lookups)
      : spec_(spec), endpoint_(endpoint), lookups_(lookups) {}

  /// The records of a row: one, or those that Endpoint::each names. Fault::permanent: a row without
  /// an id.
  Result<void> add(json::Value row, std::vector<model::Record>& records) const;

 private:
  Result<model::Record> make(json::Value row, json::Value parent) const;
  std::string nested_payload(json::Value row) const;
  std::string flat_payload(json::Value row, json::Value parent) const;
  void write_lookups(json::Value row, json::Value properties, json::Writer& out) const;

  const RestSpec& spec_;
  const Endpoint& endpoint_;
  const Lookups& lookups_;
};

/// Fault::permanent: an end is missing.
Result<model::Edge> edge_of(const EdgeKeys& keys, std::string_view association, json::Value row);

}  // namespace flit::sources::rest
