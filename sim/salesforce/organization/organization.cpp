#include "sim/salesforce/organization/organization.hpp"

#include "base/time.hpp"
#include "sim/salesforce/organization/seed.hpp"

namespace flit::sim::salesforce {

Organization::Organization(Settings given, const SimClock& clock)
    : settings(std::move(given)), clock_(clock) {
  reset();
}

std::int64_t Organization::now_ms() const {
  return epoch_seconds(clock_.now()) * 1000;
}

void Organization::reset() {
  catalogue = Catalogue::standard();
  store = std::make_unique<RecordStore>(*catalogue);
  known = {};
  seed_organization(*this);
}

}  // namespace flit::sim::salesforce
