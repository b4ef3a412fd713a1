// G-D365-2: list prices change at renewal. Nothing can be measured here; it is said, so that nobody
// is surprised.

#include "engine/checks/all.hpp"

namespace flit::engine::checks {

Result<CheckResult> renewal_price(const CheckInputs&, std::stop_token) {
  return CheckResult{
      .verdict = CheckVerdict::note,
      .found = "The price agreed for the first term need not be that of the next.",
      .remedy = "Read the renewal clause, and budget with the list price of the renewal date."};
}

}  // namespace flit::engine::checks
