#pragma once
/// @file The simulated environment (§16): its tables, its rows, its people, and the lock over them.
///
/// Everything that a request reads or changes hangs here. Readers hold `mutex` shared, writers
/// alone; the functions of write/, rules/ and query/ expect the caller to hold it. Nothing here
/// knows HTTP.

#include <atomic>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/base/sim_clock.hpp"
#include "sim/dataverse/metadata/catalogue.hpp"
#include "sim/dataverse/organization/change_log.hpp"
#include "sim/dataverse/organization/file_store.hpp"
#include "sim/dataverse/organization/flow_book.hpp"
#include "sim/dataverse/organization/ids.hpp"
#include "sim/dataverse/organization/recycle_bin.hpp"
#include "sim/dataverse/organization/settings.hpp"
#include "sim/dataverse/records/record_store.hpp"
#include "sim/dataverse/security/role_book.hpp"
#include "sim/dataverse/security/shares.hpp"

namespace flit::sim::dataverse {

/// Rows that every environment has.
struct WellKnown {
  Uuid organization{};
  Uuid business_unit{};
  Uuid base_currency{};
  Uuid default_user{};  ///< the application user that the client credentials stand for
  Uuid system_user{};
  Uuid default_publisher{};
  Uuid default_solution{};
};

/// A metadata request that succeeded; a snapshot repeats them.
struct MetadataRequest {
  std::string method{};
  std::string path{};
  std::string solution{};
  std::string body{};
};

/// What a deleted definition was; the values are those of the platform's DeletedMetadataFilters.
enum class DefinitionKind : std::uint8_t { table = 1, column = 2, relationship = 4, choice = 16 };

struct DeletedDefinition {
  DefinitionKind kind = DefinitionKind::table;
  Uuid id{};              ///< MetadataId
  std::size_t after = 0;  ///< so many changes of metadata had been made before
};

class Organization {
 public:
  /// `clock` outlives this. Seeds users, teams, currency, organization, publisher and solution.
  Organization(Settings settings, const SimClock& clock);
  Organization(const Organization&) = delete;
  Organization& operator=(const Organization&) = delete;

  mutable std::shared_mutex mutex;

  Settings settings;
  std::unique_ptr<Catalogue> catalogue;
  std::unique_ptr<RecordStore> store;
  WellKnown known;
  RowIds ids;
  ChangeLog changes;
  RecycleBin bin;
  FileStore files;
  RoleBook roles;
  FlowBook flows;
  Shares shares;
  std::vector<MetadataRequest> metadata_requests;
  std::vector<DeletedDefinition> deleted_definitions;
  std::atomic<std::uint64_t> serial{0};       ///< for identifiers that need no lock
  std::atomic<bool> has_waiting_keys{false};  ///< an alternate key's index is not built yet

  /// Seconds since 1970 of the simulated clock.
  std::int64_t now() const;
  Instant instant() const { return clock_.now(); }

  /// Back to the state after construction. REQUIRES: exclusive access.
  void reset();

  const Table& table(std::string_view logical_name) const;

  /// The text of a column of a row by names; empty when null or unknown. For rules and errors.
  std::string text_of(std::string_view table, const Uuid& id, std::string_view column) const;
  std::optional<std::int64_t> number_of(std::string_view table, const Uuid& id,
                                        std::string_view column) const;

 private:
  const SimClock& clock_;
};

}  // namespace flit::sim::dataverse
