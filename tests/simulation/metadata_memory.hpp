#pragma once
/// @file Answers questions about a simulated Dataverse's metadata from memory.
///
/// A description of all tables is megabytes of JSON that the simulator writes anew each time, and
/// each command asks for it: two thirds of a small migration's time. What is said of a table
/// depends on nothing but the changes that name it, so answers are kept by those, for all
/// migrations of this process.

#include <string>
#include <string_view>

#include "sim/base/service.hpp"
#include "sim/dataverse/service/dataverse_simulator.hpp"

namespace flit::test {

class MetadataMemory final : public sim::Service {
 public:
  explicit MetadataMemory(sim::dataverse::DataverseSimulator& inner) : inner_(inner) {}

  sim::Response handle(const sim::Request& request) override;

 private:
  std::string changes_of(std::string_view table) const;

  sim::dataverse::DataverseSimulator& inner_;
};

}  // namespace flit::test
