#include "sim/salesforce/organization/organization.hpp"

#include "base/time.hpp"
#include "sim/salesforce/organization/seed.hpp"
#include "sim/salesforce/query/store_view.hpp"
#include "sim/salesforce/rules/business_rules.hpp"

namespace flit::sim::salesforce {
namespace {

/// Not in the fact sheet: enough for rehearsals by default, `--data-storage` and `--file-storage`
/// for less.
constexpr std::int64_t usual_mb = 10'240;

}  // namespace

Organization::Organization(Settings given, const SimClock& clock)
    : settings(std::move(given)), clock_(clock), rules_(std::make_unique<BusinessRules>()) {
  limits = std::make_unique<OrgLimits>(daily_limits(settings.edition));
  reset();
}

Organization::~Organization() = default;

std::int64_t Organization::now_ms() const {
  return epoch_seconds(clock_.now()) * 1000;
}

const ObjectPlan& Organization::plan(const Object& object) const {
  const std::lock_guard lock(plans_mutex_);
  if (object.index >= plans_.size()) plans_.resize(catalogue->size());
  auto& plan = plans_[object.index];
  if (!plan) plan = std::make_unique<ObjectPlan>(object);
  return *plan;
}

void Organization::set_rules(BusinessRules rules) {
  *rules_ = std::move(rules);
}

StorageUse Organization::storage() const {
  StorageUse use;
  use.data_kb = store->data_kb();
  use.file_bytes = store->file_bytes();
  const std::int64_t data_mb = settings.data_storage_mb > 0 ? settings.data_storage_mb : usual_mb;
  const std::int64_t file_mb = settings.file_storage_mb > 0 ? settings.file_storage_mb : usual_mb;
  use.data_limit_kb = static_cast<std::uint64_t>(data_mb) * 1024;
  use.file_limit_bytes = static_cast<std::uint64_t>(file_mb) << 20U;
  return use;
}

void Organization::schema_changed() {
  catalogue->relate();
  schema_changed_ms = now_ms();
  const std::lock_guard lock(plans_mutex_);
  plans_.clear();
}

void Organization::reset() {
  ++resets;
  view_ = nullptr;
  catalogue = Catalogue::standard();
  store = std::make_unique<RecordStore>(*catalogue);
  view_ = std::make_unique<StoreView>(*this);
  limits->reset();
  known = {};
  schema_changed();
  seed_organization(*this);
}

}  // namespace flit::sim::salesforce
