#pragma once
/// @file Many drills over the same small company: what is the same for all is run once.

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "trunk.hpp"

namespace flit::test {

class Campaign {
 public:
  Campaign();

  /// The migrations of these seeds. Everything about one is a function of its seed.
  void run(std::span<const std::uint64_t> seeds, const Hear& hear);
  DrillReport run(std::uint64_t seed);

 private:
  DrillSettings drill_of(std::uint64_t seed);
  const Expected& expected(const TrunkSettings& trunk);

  sim::interactive::GenerateSettings data_;
  std::map<std::string, Expected> expected_;  ///< by what is special about the trunk
};

}  // namespace flit::test
