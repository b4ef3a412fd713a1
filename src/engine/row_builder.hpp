#pragma once
/// @file From a staged record to the row that it becomes, the same whenever it is asked for.
///
/// The preflight checks with it, loading sends what it makes, the diff and the reconciliation
/// expect it. It joins the compiled fields with the links: which account, which main contact, which
/// record something is about, and who else it has to do with. Given the same ledger it gives the
/// same row. One per lane: not thread-safe.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "engine/identity.hpp"
#include "engine/ledger_lookups.hpp"
#include "engine/migration_map.hpp"
#include "mapping/record_view.hpp"
#include "model/map.hpp"
#include "packs/path_pack.hpp"
#include "store/books.hpp"
#include "store/ledger.hpp"

namespace flit::engine {

/// Somebody else a record has to do with, beyond the one that its look-up names.
struct FurtherLink {
  std::string association{};  ///< "contacts→companies"
  std::string to{};           ///< source id
  std::string role{};         ///< the pack's record of the role over there; may be empty
  std::string table{};        ///< the table of links
  std::int64_t edge = 0;      ///< store::NearEdge::seq
};

/// What building a row found out, beside its cells.
struct BuiltRow {
  std::vector<mapping::FieldNote> notes{};
  std::vector<std::size_t> later{};  ///< places of references to rows that are not written yet
  std::vector<model::SourceKey> refers_to{};     ///< records that it leads to, written or not
  std::vector<model::SourceKey> placeholders{};  ///< archived records that need to be stood in for
  std::vector<FurtherLink> further{};
  std::vector<model::SourceKey> also{};  ///< rows spoken of that it leads to: map name and key
  std::vector<std::string> own{};  ///< records of the pack that took the place of missing ones
  bool guessed_primary = false;    ///< "primary_guessed"
  bool associated = false;         ///< some association leads to a record that is there

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
    const packs::PathPack* path = nullptr;  ///< for the stamp, and the tables of own records
  };

  /// For one object's records that take one route. REQUIRES: the map moves this object.
  RowBuilder(const Parts& parts, std::string_view object, std::size_t route);

  const std::string& table() const { return compiled_.table(route_); }

  /// The compiled columns, then one for each link and each row spoken of that has a look-up, then
  /// the stamp.
  const std::vector<std::string>& columns() const { return columns_; }

  /// Reads the associations of records that will be built, in one statement for each kind; a record
  /// that was not named here costs statements of its own.
  Result<void> prepare(std::span<const std::string> ids);

  /// Fills `cells` (absent before) from a record. An error is the ledger's or the payload's, not
  /// the row's.
  Result<void> build(const model::Record& record, model::Arena& arena,
                     std::span<model::Value> cells, BuiltRow& built);

  /// The record that was built last.
  const mapping::RecordView& view() const { return view_; }

 private:
  /// Notes which records answered, and which placeholders are still to be made.
  class Waiting final : public mapping::Lookups {
   public:
    explicit Waiting(const mapping::Lookups& lookups) : lookups_(lookups) {}
    mapping::Lookup record(std::string_view object, std::string_view source_id) const override;
    mapping::Lookup record_or_placeholder(std::string_view object,
                                          std::string_view source_id) const override;
    mapping::Lookup owner(std::string_view source_id) const override {
      return lookups_.owner(source_id);
    }
    void give(BuiltRow& built) const;

   private:
    mapping::Lookup noted(mapping::Lookup lookup, std::string_view object,
                          std::string_view source_id) const;

    const mapping::Lookups& lookups_;
    mutable std::vector<model::SourceKey> records_;
    mutable std::vector<model::SourceKey> placeholders_;
  };

  /// One association, with the edges of the records that were prepared.
  struct Association {
    std::string name;
    std::string object;  ///< at the other end
    bool has_primary = false;
    std::vector<std::vector<store::NearEdge>> edges{};  // live ones, by place
  };
  struct Link {
    const model::LinkRule* rule;
    const model::Field* column;  ///< null: it fills no look-up
    std::size_t place;
    std::vector<std::size_t> associations;
  };
  /// A row that the record speaks of, and the look-up that leads to it.
  struct Also {
    const mapping::CompiledAlso* compiled;
    std::string role;
    std::size_t place;
  };
  /// The row that is being built.
  struct Draft {
    model::Arena& arena;
    std::span<model::Value> cells;
    BuiltRow& built;
  };
  struct Taken {
    std::size_t association;
    const store::NearEdge* edge = nullptr;  ///< none: nothing stands in the look-up
  };

  std::size_t association_named(const std::string& name);
  Result<std::size_t> place_of(const std::string& id);
  void follow(const Link& link, std::size_t place, const Draft& draft);
  Taken choose(const Link& link, std::size_t place, const Draft& draft);
  void add_further(const Link& link, std::size_t place, const Taken& taken, BuiltRow& built);
  void lead_to(const Also& also, std::string_view payload, const Draft& draft) const;
  void fall_back(const std::string& own, std::size_t place, const Draft& draft) const;
  std::string table_of_own(const std::string& own, std::size_t place) const;
  bool take(const Link& link, const Association& association, const store::NearEdge& edge,
            const Draft& draft);

  Parts parts_;
  const mapping::CompiledObject& compiled_;
  std::size_t route_;
  std::vector<std::string> columns_;
  std::vector<Association> associations_;
  std::vector<Link> links_;
  std::vector<Also> also_;
  std::optional<std::size_t> stamp_place_;
  std::unordered_map<std::string, std::size_t> places_;
  mapping::RecordView view_;
  Waiting waiting_;
};

/// The identity of a record of our own (PathPack::records), by its name in the pack.
Uuid own_record(const Identities& identities, std::string_view table, std::string_view name);

/// "phone → telephone1: what was found and expected".
std::string detail_of(const mapping::FieldNote& note);

}  // namespace flit::engine
