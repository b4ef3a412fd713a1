#include "world.hpp"

#include <stdexcept>

#include "base/check.hpp"

namespace flit::test {

void WorldClock::attach(const Clock& process) {
  process_ = &process;
}

void WorldClock::detach() {
  before_ += process_->tick().time_since_epoch();
  process_ = nullptr;
}

Tick WorldClock::tick() const {
  const Duration now = process_ == nullptr ? Duration{} : process_->tick().time_since_epoch();
  return Tick(before_ + now);
}

Instant WorldClock::now() const {
  return start_ + std::chrono::floor<Instant::duration>(tick().time_since_epoch());
}

bool WorldClock::sleep_until(Tick /*deadline*/, std::stop_token /*stop*/) {
  throw Bug("a platform does not sleep");
}

World::World(const WorldSettings& settings)
    : place_(folder_.path()),
      clock_(std::chrono::sys_days(std::chrono::year(2026) / 11 / 30)),
      disk_(0) {
  auto source = sim::interactive::InteractiveSimulator::create(
      {}, {source_clock_, source_stats_},
      [data = settings.data]() -> Result<std::unique_ptr<sim::interactive::Dataset>> {
        return sim::interactive::generate(data);
      });
  if (!source) throw std::runtime_error(source.error().text());
  source_ = std::move(*source);
  source_clock_.restart(source_->own_clock());
  sim::dataverse::SimulatorSettings platform;
  platform.organization.client_secret = settings.client_secret;
  destination_ = std::make_unique<sim::dataverse::DataverseSimulator>(
      platform, sim::Surroundings{destination_clock_, destination_stats_});
  destination_->served_at("http://crm.example");
  metadata_.emplace(*destination_);
}

void World::branch(const std::filesystem::path& place, std::uint64_t seed) {
  const std::filesystem::path before = project();
  place_ = place;
  if (std::filesystem::exists(before))
    std::filesystem::copy(before, project(), std::filesystem::copy_options::recursive);
  disk_.branch(before, project(), seed);
}

}  // namespace flit::test
