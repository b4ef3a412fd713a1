#pragma once
/// @file SchemaReader of Dataverse, and the compiled tables that every other face looks up.
///
/// One request lists all tables, then one $batch of GETs a table reads its columns by type, keys,
/// relationships and bulk messages (facts/dataverse.md §6, §11): few requests, however many tables.
/// What was read once is kept, until forget(): new columns show up after a change of schema. Reads
/// with `Consistency: Strong`, so a column made a moment ago is there. Thread-safe.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/sync.hpp"
#include "destinations/dataverse/table.hpp"
#include "destinations/dataverse/web_api.hpp"
#include "model/destination.hpp"

namespace flit::destinations::dataverse {

class Metadata final : public model::SchemaReader {
 public:
  /// `api` outlives this.
  explicit Metadata(const WebApi& api) : api_(api) {}

  Result<model::DestinationFacts> facts(std::stop_token stop) override;
  Result<model::Schema> describe(std::span<const std::string> tables,
                                 std::stop_token stop) override;

  /// The compiled table; read now if nobody asked before.
  Result<std::shared_ptr<const Table>> table(std::string_view name, std::stop_token stop);

  /// Only if it was read before.
  std::shared_ptr<const Table> known(std::string_view name) const;

  /// Relationships in which the table is the parent.
  Result<std::vector<model::Relationship>> children(std::string_view parent, std::stop_token stop);

  Result<std::shared_ptr<const SetNames>> set_names(std::stop_token stop);

  /// Everything, or one table: it was changed.
  void forget();
  void forget(std::string_view table);

 private:
  struct Described {
    model::Object object;
    std::vector<model::Relationship> as_child;
    std::vector<model::Relationship> as_parent;
    std::vector<model::Association> associations;
    BulkMessages bulk;
  };
  struct State {
    std::shared_ptr<const SetNames> sets;
    std::map<std::string, std::shared_ptr<const Table>, std::less<>> tables;
    std::map<std::string, std::shared_ptr<const Described>, std::less<>> described;
  };

  static Described assemble(const std::vector<json::Document>& documents);
  Result<std::shared_ptr<const Described>> describe_one(const std::string& table,
                                                        std::stop_token stop);

  const WebApi& api_;
  Sync<State> state_;
};

}  // namespace flit::destinations::dataverse
