#pragma once
/// @file A migration in simulation, from where trouble begins there and back, and whether it
/// survived.
///
/// The oracle: every command ends with done, or stops with an exit code that what went wrong
/// explains, and started again it completes; at the end the destination is as an undisturbed
/// migration leaves it, the books are equal, the audit log is whole; after the rollback the
/// destination is as it was before.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fault_plan.hpp"
#include "faulty_network.hpp"
#include "people.hpp"
#include "picture.hpp"
#include "process.hpp"
#include "world.hpp"

namespace flit::test {

struct DrillSettings {
  FaultPlan plan{};
  std::uint64_t seed = 0;
  std::string poisoned_row{};  ///< that the destination will never take; empty: none
};

/// Digest of each table, and of the schema, by name.
using Digests = std::map<std::string, std::string, std::less<>>;
Digests digests_of(World& world);

/// What an undisturbed migration ends with.
struct Expected {
  Digests before{};
  Digests there{};  ///< before the rollback
  Picture picture_before{};
  Picture picture_there{};
  std::map<std::string_view, wiring::Exit> exits{};
  std::string books{};
  std::vector<std::string> rows{};  ///< ids of rows that are made, in the order of making
};

struct DrillReport {
  std::string failure{};  ///< empty: it survived
  std::string told{};     ///< seed, plan, the last requests
  std::uint64_t deaths = 0;
  std::uint64_t stops = 0;  ///< honest ones
  std::uint64_t processes = 0;
  std::uint64_t switches = 0;
  std::uint64_t digest = 0;  ///< of requests and schedules: equal for equal runs
};

class Drill {
 public:
  /// `world` has gone the way to where the plan begins, undisturbed, and outlives this.
  Drill(World& world, DrillSettings settings);

  DrillReport run(const Expected& expected);

 private:
  bool pass(std::size_t place, const Expected& expected);
  FaultPlan plan_at(std::size_t place, int attempt) const;
  bool accept(const Step& step, const ProcessEnd& end);
  void fail(std::string what);
  std::string placeless(std::string text) const;
  void check_there(const Expected& expected);
  void check_people_there(const Expected& expected);
  bool is_done(const Step& step, const ProcessEnd& end, const Expected& expected) const;
  void let_people_work();
  KeptRows kept() const;
  void check_audit();
  void check_back(const Expected& expected);

  DrillSettings settings_;
  World& world_;
  Story story_;
  DrillReport report_;
  std::string last_document_;
  std::optional<People> people_;
};

}  // namespace flit::test
