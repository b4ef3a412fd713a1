#pragma once
/// @file What outlives a process of the product: both platforms, the time it is, the disk.
///
/// Everything is in process and driven by virtual time. A process (SimExecutor) that is attached
/// makes time pass; when it has ended, time stands still until the next one.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "memory_disk.hpp"
#include "metadata_memory.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/dataverse/service/dataverse_simulator.hpp"
#include "sim/interactive/api/simulator.hpp"
#include "sim/interactive/generate/settings.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::test {

/// Goes on where the last process left it.
class WorldClock final : public Clock {
 public:
  explicit WorldClock(Instant start) : start_(start) {}

  void attach(const Clock& process);
  void detach();

  Instant now() const override;
  Tick tick() const override;
  /// Platforms never wait.
  bool sleep_until(Tick deadline, std::stop_token stop) override;

 private:
  Instant start_;
  Duration before_{};  ///< of processes that have ended
  const Clock* process_ = nullptr;
};

struct WorldSettings {
  sim::interactive::GenerateSettings data{};
  std::string client_secret = "flit";
  /// People have worked over there before: an account, a contact, and a contact that has the e-mail
  /// address of one at the source.
  bool inhabited = false;
};

class World {
 public:
  explicit World(const WorldSettings& settings);

  WorldClock& clock() { return clock_; }
  MemoryDisk& disk() { return disk_; }
  sim::interactive::InteractiveSimulator& source() { return *source_; }
  sim::dataverse::DataverseSimulator& destination() { return *destination_; }
  /// What answers its requests.
  sim::Service& destination_service() { return *metadata_; }
  /// Moves the destination's clock alone: tokens end, windows slide.
  sim::SimClock& destination_clock() { return destination_clock_; }

  std::filesystem::path project() const { return place_ / "project"; }

  /// As an operator edits the new project: two application users.
  void load_as_two_users() const;

  /// As a consultant edits the proposed map: a contact that is over there takes the record's
  /// values.
  void let_matches_update() const;

  /// From here on a world of its own: its project moves to `place`, which outlives it, and what is
  /// drawn is drawn by `seed`.
  void branch(const std::filesystem::path& place, std::uint64_t seed);

 private:
  std::string an_email_at_the_source();
  void inhabit();

  TemporaryDirectory folder_;
  std::filesystem::path place_;
  WorldClock clock_;
  MemoryDisk disk_;
  sim::SimClock source_clock_{clock_};
  sim::SimClock destination_clock_{clock_};
  sim::Stats source_stats_;
  sim::Stats destination_stats_;
  std::unique_ptr<sim::interactive::InteractiveSimulator> source_;
  std::unique_ptr<sim::dataverse::DataverseSimulator> destination_;
  std::optional<MetadataMemory> metadata_;
};

}  // namespace flit::test
