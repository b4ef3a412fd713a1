#pragma once
/// @file The org: its schema, its records, its clock, and the one lock around them.
///
/// Readers hold `mutex` shared, writers and schema changes exclusively. Everything that starts with
/// the org (its own row, users, profiles, stages) is seeded here.

#include <memory>
#include <mutex>
#include <shared_mutex>

#include "sim/base/sim_clock.hpp"
#include "sim/salesforce/limits/org_limits.hpp"
#include "sim/salesforce/organization/settings.hpp"
#include "sim/salesforce/records/record_store.hpp"
#include "sim/salesforce/schema/catalogue.hpp"
#include "sim/salesforce/write/object_plan.hpp"

namespace flit::sim::salesforce {

class StoreView;
struct BusinessRules;

/// Records that rules refer to.
struct KnownRecords {
  RecordId organization{};
  RecordId user{};     ///< the API's user, a system administrator
  RecordId profile{};  ///< its profile
  RecordId standard_profile{};
  RecordId price_book{};  ///< the standard one
};

/// How much room the org has and how much is used (fact sheet §2.8: about 2 KB a record).
struct StorageUse {
  std::uint64_t data_kb = 0;
  std::uint64_t data_limit_kb = 0;
  std::uint64_t file_bytes = 0;
  std::uint64_t file_limit_bytes = 0;
};

class Organization {
 public:
  /// `clock` outlives the org.
  Organization(Settings settings, const SimClock& clock);
  ~Organization();

  mutable std::shared_mutex mutex;
  const Settings settings;
  std::unique_ptr<Catalogue> catalogue;
  std::unique_ptr<RecordStore> store;
  std::unique_ptr<OrgLimits> limits;
  KnownRecords known{};
  std::int64_t schema_changed_ms = 0;  ///< for If-Modified-Since of describes
  std::uint64_t resets = 0;  ///< who keeps objects between calls looks whether they are still these

  Instant now() const { return clock_.now(); }
  /// Milliseconds since 1970, whole seconds: how the platform stamps.
  std::int64_t now_ms() const;

  const Object& object(std::string_view name) const { return *catalogue->find(name); }

  /// What writing that object asks, until the schema changes.
  const ObjectPlan& plan(const Object& object) const;
  /// The records as queries see them.
  const StoreView& view() const { return *view_; }
  const BusinessRules& rules() const { return *rules_; }
  void set_rules(BusinessRules rules);
  StorageUse storage() const;

  /// After every change of the schema: children are related anew, plans and describes begin afresh.
  /// REQUIRES: the exclusive lock.
  void schema_changed();

  /// Back to what was there at the start. REQUIRES: the exclusive lock.
  void reset();

 private:
  const SimClock& clock_;
  std::unique_ptr<StoreView> view_;
  std::unique_ptr<BusinessRules> rules_;
  mutable std::mutex plans_mutex_;
  mutable std::vector<std::unique_ptr<ObjectPlan>> plans_;  // by Object::index
};

}  // namespace flit::sim::salesforce
