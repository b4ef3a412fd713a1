#pragma once
/// @file One table: what the platform's EntityMetadata says, with its columns and keys.
///
/// Lookups by name take one hash. Columns never move and never lose their index, so pointers to
/// them stay valid as long as the table; a deleted column keeps its place with is_deleted set.
/// Changed only under the organization's exclusive lock.

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.hpp"
#include "base/uuid.hpp"
#include "sim/dataverse/metadata/alternate_key.hpp"
#include "sim/dataverse/metadata/column.hpp"
#include "sim/dataverse/metadata/relationship.hpp"

namespace flit::sim::dataverse {

enum class Ownership : std::uint8_t { none, user, organization, business };

template <typename T>
using NameMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

/// A collection-valued navigation property: one side of a relationship.
struct CollectionNavigation {
  const OneToMany* one_to_many = nullptr;
  const ManyToMany* many_to_many = nullptr;
  bool from_first = false;  ///< many-to-many: this table is the first side
};

struct LookupNavigation {
  const Column* column = nullptr;
  const NavigationProperty* property = nullptr;
};

class Table {
 public:
  std::string logical_name{};
  std::string schema_name{};
  std::string entity_set{};
  std::string collection_name{};  ///< LogicalCollectionName
  std::string display_name{};
  std::string display_collection_name{};
  std::string description{};
  std::string primary_id{};
  std::string primary_name{};
  Ownership ownership = Ownership::user;
  int object_type_code = 0;
  std::uint16_t index = 0;  ///< in the catalogue; names the table inside stored lookups
  bool is_activity = false;
  bool is_process_flow = false;
  bool is_custom = false;
  bool is_intersect = false;
  bool is_deleted = false;
  bool is_elastic = false;  ///< TableType "Elastic" (fact sheet §6)
  bool has_notes = false;
  bool has_activities = false;
  bool has_connections = false;
  bool change_tracking = false;
  bool takes_create_multiple = false;
  bool takes_update_multiple = false;
  Uuid metadata_id{};
  std::vector<AlternateKey> keys{};

  Table() = default;
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  /// By logical name; null when there is none (any more).
  const Column* column(std::string_view logical_name) const;
  Column* column(std::string_view logical_name);
  const Column& column_at(std::uint16_t column_index) const { return columns_[column_index]; }

  /// By OData property name: "_x_value" for lookups.
  const Column* property(std::string_view name) const;

  /// By the name of a single-valued navigation property, case-sensitive (fact sheet §4).
  LookupNavigation lookup_navigation(std::string_view name) const;
  const CollectionNavigation* collection(std::string_view name) const;

  const std::deque<Column>& columns() const { return columns_; }
  std::deque<Column>& columns() { return columns_; }
  const NameMap<CollectionNavigation>& collections() const { return collections_; }

  /// Appends; sets index and role. REQUIRES: no live column of that name.
  Column& add_column(Column column);
  void drop_column(std::string_view logical_name);

  /// Registers navigation properties that were added to `column` after add_column().
  void index_navigation(const Column& column);
  void drop_navigation(std::string_view name);
  void add_collection(std::string name, CollectionNavigation navigation);
  void drop_collection(std::string_view name);

  const AlternateKey* key(std::string_view logical_name) const;

  /// Columns that many rules ask for; null where the table has none.
  const Column* state_column() const { return state_; }
  const Column* status_column() const { return status_; }
  const Column* owner_column() const { return owner_; }
  const Column* currency_column() const { return currency_; }
  const Column* id_column() const { return id_; }
  bool has_money() const { return has_money_; }
  const Column* exchange_rate_column() const { return exchange_rate_; }
  const Column* overridden_created_on() const { return overridden_created_on_; }

  const std::vector<std::uint16_t>& image_columns() const { return image_columns_; }

  /// Texts and lookups that the metadata calls SystemRequired.
  const std::vector<std::uint16_t>& system_required() const { return system_required_; }

 private:
  void note_special(const Column& column);
  void note_image_companion(Column& column) const;

  std::deque<Column> columns_;
  NameMap<std::uint16_t> by_name_;
  NameMap<std::uint16_t> by_property_;
  NameMap<LookupNavigation> lookups_;
  NameMap<CollectionNavigation> collections_;
  const Column* state_ = nullptr;
  const Column* status_ = nullptr;
  const Column* owner_ = nullptr;
  const Column* currency_ = nullptr;
  const Column* id_ = nullptr;
  const Column* exchange_rate_ = nullptr;
  const Column* overridden_created_on_ = nullptr;
  std::vector<std::uint16_t> system_required_;
  std::vector<std::uint16_t> image_columns_;
  bool has_money_ = false;
};

/// The role that a column of this name and type plays in a table with that primary id.
Role role_of(const Column& column, std::string_view primary_id);

}  // namespace flit::sim::dataverse
