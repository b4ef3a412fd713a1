#pragma once
/// @file The org: its schema, its records, its clock, and the one lock around them.
///
/// Readers hold `mutex` shared, writers and schema changes exclusively. Everything that starts with
/// the org (its own row, users, profiles, stages) is seeded here.

#include <memory>
#include <shared_mutex>

#include "sim/base/sim_clock.hpp"
#include "sim/salesforce/organization/settings.hpp"
#include "sim/salesforce/records/record_store.hpp"
#include "sim/salesforce/schema/catalogue.hpp"

namespace flit::sim::salesforce {

/// Records that rules refer to.
struct KnownRecords {
  RecordId organization{};
  RecordId user{};     ///< the API's user, a system administrator
  RecordId profile{};  ///< its profile
  RecordId standard_profile{};
  RecordId price_book{};  ///< the standard one
};

class Organization {
 public:
  /// `clock` outlives the org.
  Organization(Settings settings, const SimClock& clock);

  mutable std::shared_mutex mutex;
  const Settings settings;
  std::unique_ptr<Catalogue> catalogue;
  std::unique_ptr<RecordStore> store;
  KnownRecords known{};

  /// Milliseconds since 1970, whole seconds: how the platform stamps.
  std::int64_t now_ms() const;

  const Object& object(std::string_view name) const { return *catalogue->find(name); }

  /// Back to what was there at the start. REQUIRES: the exclusive lock.
  void reset();

 private:
  const SimClock& clock_;
};

}  // namespace flit::sim::salesforce
