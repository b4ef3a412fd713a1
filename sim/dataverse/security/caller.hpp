#pragma once
/// @file The user that a request acts as.

#include <memory>
#include <optional>

#include "base/uuid.hpp"
#include "sim/dataverse/records/row.hpp"
#include "sim/dataverse/security/rights.hpp"

namespace flit::sim::dataverse {

struct Caller {
  Uuid user{};
  PrincipalRef ref = 0;
  std::optional<Uuid> on_behalf_of{};      ///< the real caller when this user is impersonated (§2)
  std::shared_ptr<const Rights> rights{};  ///< null: a system administrator's
};

}  // namespace flit::sim::dataverse
