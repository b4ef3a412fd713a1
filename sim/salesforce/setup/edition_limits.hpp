#pragma once
/// @file How many custom things an edition allows (fact sheet §6.2).

#include <cstdint>
#include <string_view>

#include "sim/salesforce/organization/settings.hpp"

namespace flit::sim::salesforce {

inline constexpr int max_external_ids = 25;               ///< an object
inline constexpr int max_relationships = 40;              ///< an object
inline constexpr int max_masters = 2;                     ///< an object
inline constexpr std::int64_t max_long_text = 1'638'400;  ///< characters, an object

struct EditionLimits {
  int custom_fields = 0;  ///< an object
  int custom_objects = 0;
  int activity_fields = 100;

  int custom_fields_of(std::string_view object) const {
    if (object == "EmailMessage") return 50;
    return object == "Task" || object == "Event" ? activity_fields : custom_fields;
  }
};

constexpr EditionLimits limits_of(Edition edition) {
  switch (edition) {
    case Edition::professional:
      return {.custom_fields = 100, .custom_objects = 50};
    case Edition::enterprise:
      return {.custom_fields = 500, .custom_objects = 200};
    case Edition::unlimited:
      return {.custom_fields = 800, .custom_objects = 2'000, .activity_fields = 300};
    case Edition::developer:
      break;
  }
  return {.custom_fields = 500, .custom_objects = 400};
}

}  // namespace flit::sim::salesforce
