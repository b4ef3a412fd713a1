#pragma once
/// @file An alternate key: columns whose values together name one row (fact sheet §5).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/uuid.hpp"

namespace flit::sim::dataverse {

enum class KeyState : std::uint8_t { pending, in_progress, active, failed };

/// "Pending", "InProgress", "Active", "Failed": EntityKeyIndexStatus.
std::string_view to_string(KeyState state);

struct AlternateKey {
  std::string logical_name{};
  std::string schema_name{};
  std::string display_name{};
  std::vector<std::uint16_t> columns{};
  KeyState state = KeyState::pending;
  Instant started{};  ///< the index job's begin
  Instant due{};      ///< when the index job ends
  Uuid metadata_id{};
  Uuid job_id{};
};

}  // namespace flit::sim::dataverse
