#pragma once
/// @file Every table, relationship and global choice of the simulated environment.
///
/// Starts as the standard tables (shipped facts) and grows through the metadata API (§11). Tables
/// and relationships never move; a deleted table keeps its index. Not thread-safe: the
/// organization's lock protects it.

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/dataverse/metadata/table.hpp"

namespace flit::sim::dataverse {

class Catalogue {
 public:
  Catalogue() = default;
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  const Table* table(std::string_view logical_name) const;
  Table* table(std::string_view logical_name);
  const Table* by_entity_set(std::string_view name) const;
  const Table* by_metadata_id(const Uuid& id) const;
  const Table* by_object_type_code(int code) const;
  const Table& table_at(std::uint16_t index) const { return tables_[index]; }
  const std::deque<Table>& tables() const { return tables_; }
  std::deque<Table>& tables() { return tables_; }

  /// An empty table with a place in the catalogue; fill it, then call publish_table().
  Table& add_table(std::string logical_name, std::string entity_set);
  void drop_table(std::string_view logical_name);

  const std::deque<OneToMany>& one_to_many() const { return one_to_many_; }
  const std::deque<ManyToMany>& many_to_many() const { return many_to_many_; }
  const OneToMany* find_one_to_many(std::string_view schema_name) const;
  const ManyToMany* find_many_to_many(std::string_view schema_name) const;

  /// Also makes the navigation properties on both sides that exist. REQUIRES: a new schema name.
  const OneToMany& add(OneToMany relationship);
  const ManyToMany& add(ManyToMany relationship);
  OneToMany* mutable_one_to_many(std::string_view schema_name);
  void drop_relationship(std::string_view schema_name);

  /// Relationships in which the table is the parent (referenced) or the child (referencing).
  std::vector<const OneToMany*> children_of(std::string_view table) const;
  std::vector<const OneToMany*> parents_of(std::string_view table) const;
  std::vector<const ManyToMany*> pairs_of(std::string_view table) const;

  const NameMap<std::shared_ptr<OptionSet>>& global_choices() const { return global_choices_; }
  std::shared_ptr<OptionSet> global_choice(std::string_view name) const;
  std::shared_ptr<OptionSet> global_choice(const Uuid& id) const;
  void add_global_choice(std::shared_ptr<OptionSet> choice);
  void drop_global_choice(std::string_view name);

 private:
  std::deque<Table> tables_;
  NameMap<std::uint16_t> by_name_;
  NameMap<std::uint16_t> by_set_;
  std::deque<OneToMany> one_to_many_;    // a dropped one has an empty schema name
  std::deque<ManyToMany> many_to_many_;  // likewise
  NameMap<OneToMany*> one_by_name_;
  NameMap<ManyToMany*> many_by_name_;
  NameMap<std::vector<const OneToMany*>> children_;
  NameMap<std::vector<const OneToMany*>> parents_;
  NameMap<std::shared_ptr<OptionSet>> global_choices_;
};

/// The identity of a metadata part, the same in every run: "table:account", "column:account.name".
Uuid metadata_id_of(std::string_view kind, std::string_view name);

}  // namespace flit::sim::dataverse
