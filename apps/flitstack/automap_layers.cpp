#include "apps/flitstack/automap_layers.hpp"

#include <cstdlib>
#include <filesystem>

#include <fmt/core.h>

#include "apps/flitstack/session.hpp"
#include "http/client.hpp"
#include "packs/library.hpp"
#include "rerank/endpoint.hpp"
#include "rerank/kept_model.hpp"

namespace flit::app {
namespace {

std::optional<Secret> token_of_environment() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read once, nothing writes the environment
  const char* token = std::getenv("FLIT_RERANK_TOKEN");
  if (token == nullptr || *token == '\0') return std::nullopt;
  return Secret(token);
}

}  // namespace

Result<std::vector<model::MapDocument>> known_maps(const automap::Scenario& scenario,
                                                   const Invocation& invocation) {
  FLIT_TRY(library, library_of(invocation.global));
  const std::string protocol = std::filesystem::path(scenario.destination_path).stem().string();
  std::vector<model::MapDocument> maps;
  for (const packs::PathPack& path : library.paths()) {
    const auto platform = library.destination(path.destination);
    if (path.source != scenario.source_system || !platform || (*platform)->speaks != protocol)
      continue;
    maps.push_back({.path = path.path, .objects = {}});
    for (const mapping::ObjectFile& object : path.objects)
      maps.back().objects.push_back(mapping::object_map(object));
  }
  return maps;
}

Result<void> lay_rerank_over(automap::Proposal& proposal, const automap::Scenario& scenario,
                             const automap::Schema& destination, const Invocation& invocation) {
  const auto url = invocation.arguments.value("--rerank");
  if (!url) return {};
  FLIT_TRY(base, http::Url::parse(*url));
  http::Client network;
  rerank::Endpoint endpoint(network, base, token_of_environment());
  rerank::Settings settings;
  settings.model = invocation.arguments.value_or("--rerank-model", settings.model);
  settings.samples = invocation.arguments.has("--rerank-samples");
  std::optional<rerank::KeptModel> kept;
  if (const auto folder = invocation.arguments.value("--rerank-folder"))
    kept.emplace(endpoint, *folder);
  rerank::Model& model = kept ? static_cast<rerank::Model&>(*kept) : endpoint;
  rerank::Reranked reranked =
      rerank::rerank(std::move(proposal), scenario.source, destination, model, settings);
  for (const std::string& note : reranked.notes) invocation.terminal.note("reranker: " + note);
  proposal = std::move(reranked.proposal);
  return {};
}

}  // namespace flit::app
