#pragma once
/// @file One table as writing and reading need it: compiled from a described schema, looked up by
/// name.
///
/// Navigation names are the metadata's own, case kept: they are never guessed (facts/dataverse.md
/// §4). Immutable once made, so lanes share it freely.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/batch.hpp"
#include "model/schema.hpp"

namespace flit::destinations::dataverse {

/// What a table's rows of another one are called in URLs.
struct SetName {
  std::string set;         ///< "accounts"
  std::string primary_id;  ///< "accountid"
};

/// By logical name; every table of the environment, since lookups lead anywhere.
using SetNames = std::map<std::string, SetName, std::less<>>;

/// How a column is written and read.
enum class Form : std::uint8_t {
  text,
  integer,
  decimal,  ///< decimal and money: exact
  boolean,
  date,
  instant,
  choice,
  choices,
  lookup,
  parties,  ///< the collection of an activity's people
  uuid,
  unwritable,  ///< files and what we do not know
};

/// A lookup's way to one target table.
struct Navigation {
  std::string target;  ///< "account"
  std::string name;    ///< "customerid_account"
  std::string set;     ///< "accounts"
  std::string key;     ///< its primary id
};

struct Column {
  std::string name;
  Form form = Form::text;
  std::optional<std::uint8_t> scale{};  ///< digits behind the point, of decimals
  bool creatable = true;
  bool updatable = true;
  std::vector<Navigation> navigations{};

  /// Null: the lookup leads nowhere of that name.
  const Navigation* navigation_to(std::string_view target) const;
};

/// Which bulk messages a table has, probed through sdkmessagefilters (§6).
struct BulkMessages {
  bool create = false;
  bool update = false;
  bool upsert = false;
};

struct Table {
  std::string name;
  std::string set;
  std::string primary_id;
  bool activity = false;
  BulkMessages bulk{};
  std::vector<Column> columns{};  ///< sorted by name

  const Column* find(std::string_view column) const;
  /// Fault::setup with what was probably meant.
  Result<const Column*> column(std::string_view column_name) const;
};

/// `relationships`: those whose child this table is.
Table compile_table(const model::Object& object, std::span<const model::Relationship> relationships,
                    const SetNames& sets, BulkMessages bulk);

/// The native type of the synthetic column that holds an activity's people.
inline constexpr std::string_view party_list = "PartyList";

}  // namespace flit::destinations::dataverse
