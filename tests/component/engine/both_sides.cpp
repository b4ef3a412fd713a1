#include "both_sides.hpp"

#include <stdexcept>

#include "base/yaml_reader.hpp"
#include "engine/extraction.hpp"
#include "mapping/document_spec.hpp"

namespace flit::test {
namespace {

template <typename T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return std::move(*result);
}

yaml::Node yaml_of(const std::string& text) {
  Diagnostics diagnostics;
  auto node = yaml::read(std::make_shared<const SourceText>("test.yaml", text), diagnostics);
  if (!node) throw std::runtime_error(diagnostics.text());
  return *node;
}

model::MapDocument map_of(const packs::PathPack& path) {
  model::MapDocument map{.path = path.path};
  for (const mapping::ObjectFile& file : path.objects) map.objects.push_back(object_map(file));
  return map;
}

}  // namespace

StagedSource::StagedSource(const sim::interactive::GenerateSettings& settings)
    : ledger_(value_of(store::Ledger::create(
          folder_ / "flitstack.db",
          {.id = "8f6e5d4c-0000-4000-8000-000000000001", .path = "interactive-to-dynamics365"},
          executor_, {.sync = false}))),
      environment_{executor_, events_, *ledger_, books_},
      library_(value_of(packs::Library::read(packs::shipped_files()))),
      settings_(settings),
      map_(map_of(path())) {
  using sim::interactive::InteractiveSimulator;
  simulator_ = value_of(InteractiveSimulator::create(
      {}, {sim_clock_, stats_}, [this]() -> Result<std::unique_ptr<sim::interactive::Dataset>> {
        return sim::interactive::generate(settings_);
      }));
  transport_ = std::make_unique<SimTransport>(*simulator_, clock_);
  auto spec = value_of(sources::rest::read_spec(*value_of(library_.source("interactive")),
                                                yaml_of("base_url: https://crm.test/api/v1\n")));
  source_ = value_of(sources::rest::RestSource::open(*transport_, clock_, std::move(spec),
                                                     Secret(simulator_->access().access_token)));
  schema_ = value_of(source_->describe({}));
  engine::Pacer pacer(executor_, "source", {});
  value_of(engine::Extraction(environment_, *source_, pacer, {}).run({}));
}

json::Document StagedSource::truth() const {
  const auto data = sim::interactive::generate(settings_);
  return value_of(json::parse(sim::interactive::truth_text(*data, {})));
}

EmptyDestination::EmptyDestination(sim::dataverse::SimulatorSettings settings)
    : simulator_(std::move(settings), sim::Surroundings{sim_clock_, stats_}),
      inner_(simulator_, clock_),
      tokens_(Secret(simulator_.access().access_token)),
      transport_(inner_, tokens_),
      connector_(transport_, clock_, http::Url::parse("http://127.0.0.1").value(),
                 {.key_check = std::chrono::milliseconds(1)}),
      destination_(connector_.destination()) {}

model::Schema EmptyDestination::describe(const std::vector<std::string>& tables) {
  return value_of(destination_.schema.describe(tables, {}));
}

}  // namespace flit::test
