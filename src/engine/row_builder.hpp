#pragma once
/// @file From a staged record to the row that it becomes, the same whenever it is asked for.
///
/// The preflight checks with it, loading sends what it makes, the diff and the reconciliation
/// expect it. It joins the compiled fields with the links: which account, which main contact, which
/// record something is about. Given the same ledger it gives the same row. One per lane: not
/// thread-safe.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/identity.hpp"
#include "engine/ledger_lookups.hpp"
#include "engine/migration_map.hpp"
#include "mapping/record_view.hpp"
#include "model/map.hpp"
#include "store/books.hpp"
#include "store/ledger.hpp"

namespace flit::engine {

/// What building a row found out, beside its cells.
struct BuiltRow {
  std::vector<mapping::FieldNote> notes{};
  std::vector<std::size_t> later{};  ///< places of references to rows that are not written yet
  std::vector<model::SourceKey> waits_for{};  ///< the records that those rows will come from
  bool guessed_primary = false;               ///< "primary_guessed"
  bool used_fallback = false;  ///< a link's fallback record took the place of a missing one

  bool refused() const;
  void clear();
};

class RowBuilder {
 public:
  struct Parts {
    const MigrationMap& map;
    const store::Ledger& ledger;
    const store::Books& books;
    const LedgerLookups& lookups;
    const Identities& identities;
  };

  /// For one object's records that take one route. REQUIRES: the map moves this object.
  RowBuilder(const Parts& parts, std::string_view object, std::size_t route);

  const std::string& table() const { return compiled_.table(route_); }

  /// The compiled columns, then one for each link that has a look-up.
  const std::vector<std::string>& columns() const { return columns_; }

  /// Fills `cells` (absent before) from a record. An error is the ledger's or the payload's, not
  /// the row's.
  Result<void> build(const model::Record& record, model::Arena& arena,
                     std::span<model::Value> cells, BuiltRow& built);

 private:
  /// Notes which records answered "later".
  class Waiting final : public mapping::Lookups {
   public:
    explicit Waiting(const mapping::Lookups& lookups) : lookups_(lookups) {}
    mapping::Lookup record(std::string_view object, std::string_view source_id) const override;
    mapping::Lookup owner(std::string_view source_id) const override {
      return lookups_.owner(source_id);
    }
    std::vector<model::SourceKey> take() const { return std::exchange(records_, {}); }

   private:
    const mapping::Lookups& lookups_;
    mutable std::vector<model::SourceKey> records_;
  };

  struct Link {
    const model::LinkRule* rule;
    const model::Field* column;
    std::size_t place;
  };

  Result<void> follow(const Link& link, const std::string& id, model::Arena& arena,
                      std::span<model::Value> cells, BuiltRow& built);
  Result<std::vector<model::Edge>> edges(const std::string& association,
                                         const std::string& id) const;
  bool take(const Link& link, std::string_view object, std::string_view id, model::Arena& arena,
            std::span<model::Value> cells, BuiltRow& built);

  Parts parts_;
  const mapping::CompiledObject& compiled_;
  std::size_t route_;
  std::vector<std::string> columns_;
  std::vector<Link> links_;
  mapping::RecordView view_;
  Waiting waiting_;
};

/// The identity of a record of our own (PathPack::records), by its name in the pack.
Uuid own_record(const Identities& identities, std::string_view table, std::string_view name);

}  // namespace flit::engine
