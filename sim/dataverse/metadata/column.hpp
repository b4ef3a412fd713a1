#pragma once
/// @file One column of a table: what the platform's AttributeMetadata says about it.
///
/// Fact sheet §10, §11. `index` is the column's place in its table; it never changes and is never
/// given to another column, because stored rows name their cells by it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "sim/dataverse/metadata/column_type.hpp"
#include "sim/dataverse/metadata/option_set.hpp"

namespace flit::sim::dataverse {

enum class RequiredLevel : std::uint8_t { none, system, application, recommended };
enum class DateBehaviour : std::uint8_t { user_local, date_only, time_zone_independent };

/// Where a column's value comes from. All but `stored` are computed when read.
enum class Role : std::uint8_t {
  stored,
  primary_id,
  created_on,
  modified_on,
  created_by,
  modified_by,
  owner,
  owning_user,
  owning_team,
  owning_business_unit,
  version_number,
  state,
  status,
  full_name,
  address_composite,
  base_amount,
  image_id,         ///< "<image>id": changes with the image
  image_timestamp,  ///< "<image>_timestamp": ticks of the last change
  image_url,        ///< "<image>_url": relative, for a browser
  companion,        ///< "…name" and "…type": metadata only, no OData property
};

/// A single-valued navigation property of a lookup: how it is written and expanded.
struct NavigationProperty {
  std::string name;
  std::vector<std::string> targets;  ///< one table; several only for owners
  std::string relationship;          ///< schema name; "-" where the sources do not tell
};

struct Column {
  std::string logical_name{};
  std::string schema_name{};
  std::string display_name{};
  std::string description{};
  ColumnType type = ColumnType::string;
  RequiredLevel required = RequiredLevel::none;
  DateBehaviour behaviour = DateBehaviour::user_local;
  Role role = Role::stored;
  bool valid_for_create = false;
  bool valid_for_update = false;
  bool valid_for_read = true;
  bool in_web_api = true;
  bool is_custom = false;
  bool is_primary_name = false;
  bool is_primary_image = false;
  bool can_store_full_image = false;
  bool is_deleted = false;
  std::uint16_t index = 0;
  int max_length = 0;
  int max_size_kb = 0;
  int precision = 0;
  int precision_source = 0;
  double minimum = 0;  ///< for decimal, double, money; integers have their own below
  double maximum = 0;
  std::int64_t integer_minimum = 0;
  std::int64_t integer_maximum = 0;
  std::string format{};
  std::string auto_number_format{};
  std::optional<int> default_value{};    ///< booleans (0, 1) and choices
  std::shared_ptr<OptionSet> options{};  ///< shared when the set is global
  std::vector<std::string> targets{};
  std::vector<NavigationProperty> navigation{};
  std::uint16_t source_index = 0;  ///< base amounts: the amount; an image's companions: the image
  Uuid metadata_id{};
  std::int64_t visible_at = 0;      ///< seconds; before, the metadata cache does not know it
  std::uint64_t since_version = 0;  ///< rows older than this do not show the default

  bool is_date_only() const { return behaviour == DateBehaviour::date_only; }

  /// "_parentaccountid_value" for lookups, else the logical name: the OData property.
  std::string property_name() const;
};

}  // namespace flit::sim::dataverse
