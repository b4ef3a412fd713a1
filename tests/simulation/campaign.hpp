#pragma once
/// @file Many drills over the same small company: what is expected is found out once.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "drill.hpp"

namespace flit::test {

class Campaign {
 public:
  Campaign();

  /// The migration of this seed. Everything about it is a function of the seed.
  DrillReport run(std::uint64_t seed);

 private:
  const Expected& expected(const std::string& poisoned_row);

  sim::interactive::GenerateSettings data_;
  std::map<std::string, Expected> expected_;  ///< by the poisoned row; "" for none
};

}  // namespace flit::test
