#pragma once
/// @file How the two ends are reached from this machine: `network:` of flitstack.yaml.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "apps/wiring/credentials.hpp"
#include "base/result.hpp"
#include "base/spec.hpp"
#include "http/client.hpp"

namespace flit::wiring {

struct NetworkOptions {
  std::string ca_file{};  ///< PEM; relative to the project's folder
  std::string proxy{};    ///< "http://proxy.example:3128"; empty: none
  std::string proxy_user{};
  std::optional<SecretReference> proxy_password{};
  std::vector<std::string> direct{};  ///< hosts that are reached without the proxy
};

void describe(spec::Spec<NetworkOptions>& spec);

/// Fault::setup when the CA file is not there or the proxy's password cannot be had.
Result<http::ClientSettings> client_settings(const NetworkOptions& options,
                                             const std::filesystem::path& folder);

}  // namespace flit::wiring
