#include "apps/wiring/source_end.hpp"

#include <fmt/format.h>

#include "sources/rest/source.hpp"

namespace flit::wiring {
namespace {

using sources::rest::Limits;
using sources::rest::RestSource;
using sources::rest::RestSpec;

void add_quota(std::vector<engine::Quota>& quotas, double requests, std::chrono::seconds window) {
  if (requests >= 1) quotas.push_back({static_cast<int>(requests), window});
}

engine::Pacer::Settings pace_of(const Limits& limits, const Surroundings& surroundings) {
  engine::Pacer::Settings settings{.seed = surroundings.seed, .events = &surroundings.events};
  settings.governor.ceiling = limits.concurrent;
  settings.governor.initial = limits.concurrent;
  add_quota(settings.governor.quotas, limits.per_second, std::chrono::seconds(1));
  add_quota(settings.governor.quotas, static_cast<double>(limits.per_hour), std::chrono::hours(1));
  settings.retry.base = std::chrono::milliseconds(limits.on_429_without_hint.base_ms);
  settings.retry.longest = std::chrono::milliseconds(limits.on_429_without_hint.max_ms);
  return settings;
}

class RestEnd final : public SourceEnd {
 public:
  RestEnd(std::unique_ptr<RestSource> source, Executor& executor,
          const engine::Pacer::Settings& pace)
      : source_(std::move(source)), pacer_(executor, "source", pace) {}

  model::SourceSchema& schema() override { return *source_; }
  model::SourceReader& reader() override { return *source_; }
  model::SourceFiles& files() override { return *source_; }
  engine::Pacer& pacer() override { return pacer_; }

 private:
  std::unique_ptr<RestSource> source_;
  engine::Pacer pacer_;
};

Result<std::unique_ptr<SourceEnd>> open_rest(const packs::PlatformPack& pack,
                                             const Project& project,
                                             const Surroundings& surroundings) {
  FLIT_TRY(spec, sources::rest::read_spec(pack, project.source));
  FLIT_TRY(reference, secret_reference(spec.auth.value_from));
  FLIT_TRY(credential, surroundings.secrets(reference));
  const engine::Pacer::Settings pace = pace_of(spec.limits, surroundings);
  FLIT_TRY(source, RestSource::open(surroundings.network, surroundings.executor.clock(),
                                    std::move(spec), std::move(credential)));
  return std::unique_ptr<SourceEnd>(
      std::make_unique<RestEnd>(std::move(source), surroundings.executor, pace));
}

}  // namespace

Result<std::unique_ptr<SourceEnd>> open_source(const packs::PlatformPack& pack,
                                               const Project& project,
                                               const Surroundings& surroundings) {
  if (pack.speaks == "rest") return open_rest(pack, project, surroundings);
  return Error{
      .fault = Fault::setup,
      .message = fmt::format("this version cannot read a source that speaks \"{}\"", pack.speaks),
      .where = "packs/sources/" + pack.name + ".yaml",
      .remedy = "Sources that speak \"rest\" can be read."};
}

}  // namespace flit::wiring
