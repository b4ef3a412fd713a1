#pragma once
/// @file flitstack.yaml: which path, where both ends are, where credentials come from, how to load.
///
/// Written by `flitstack init`, edited by people, never holding a secret: credentials are named
/// (environment, a 0600 file, a command). What a pack can say, `source:` may override
/// (facts/sources.md §0.6).

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "apps/wiring/network.hpp"
#include "base/result.hpp"
#include "base/spec.hpp"
#include "base/yaml_node.hpp"
#include "destinations/dataverse/settings.hpp"

namespace flit::wiring {

struct LoadOptions {
  int lanes = 24;  ///< requests on their way at a time, at most: some servers keep that many busy
  std::uint32_t rows = 0;  ///< in a request; 0: what the platform suggests
};

struct Project {
  spec::Located<std::string> path;  ///< "interactive-to-dynamics365"
  yaml::Node source{};              ///< laid over the source's pack
  destinations::dataverse::EnvironmentSettings destination{};
  std::optional<std::string> fallback_owner{};  ///< e-mail of who takes what has no match
  std::string region{};  ///< ISO 3166, of phone numbers without a country; empty: from the account
  std::optional<std::string> time_zone{};  ///< of dates without one; none: the account's own
  LoadOptions load{};
  NetworkOptions network{};
  std::string migration{};  ///< the id in its ledger; empty: made before ids were written here
  std::uint32_t sample_size = 200;  ///< records, before those they depend on
};

void describe(spec::Spec<LoadOptions>& spec);
void describe(spec::Spec<Project>& spec);

/// Reads <folder>/flitstack.yaml. Fault::setup with every mistake and its line.
Result<Project> read_project(const std::filesystem::path& folder);

/// What `flitstack init` was told.
struct NewProject {
  std::string path;
  std::string source_url;
  std::string destination_url;
  std::string authority;
  std::string tenant;
  std::string id{};  ///< a UUID; empty: a random one, or that of a file that is there
};

/// The text of a new flitstack.yaml, with a comment on every line that one may want to change.
std::string write_project(const NewProject& project);

}  // namespace flit::wiring
