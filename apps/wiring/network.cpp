#include "apps/wiring/network.hpp"

#include "apps/wiring/text_file.hpp"

namespace flit::wiring {
namespace {

std::string problem_of_proxy(const std::string& text) {
  if (text.empty()) return {};
  const auto proxy = http::Proxy::parse(text);
  if (!proxy) return proxy.error().message + ": " + proxy.error().remedy;
  if (proxy->user.empty() && proxy->password.empty()) return {};
  return "holds a user name or a password: write them as proxy_user and proxy_password";
}

}  // namespace

void describe(spec::Spec<NetworkOptions>& spec) {
  spec.named("network", "How the two ends are reached from this machine.");
  spec.field(&NetworkOptions::ca_file, "ca_file",
             "A PEM file with the authorities to trust, in place of the system's.");
  spec.field(&NetworkOptions::proxy, "proxy", "Address of the proxy; without it none is used.")
      .check(problem_of_proxy);
  spec.field(&NetworkOptions::proxy_user, "proxy_user", "Who we are to the proxy.");
  spec.field(&NetworkOptions::proxy_password, "proxy_password", "Where its password comes from.");
  spec.field(&NetworkOptions::direct, "direct",
             "Hosts that are reached without the proxy: localhost, .example.com.");
}

Result<http::ClientSettings> client_settings(const NetworkOptions& options,
                                             const std::filesystem::path& folder) {
  http::ClientSettings settings;
  if (!options.ca_file.empty()) {
    settings.ca_file = folder / options.ca_file;  // an absolute one stays what it is
    FLIT_TRY(readable, read_text_file(settings.ca_file));
    static_cast<void>(readable);
  }
  if (options.proxy.empty()) return settings;
  FLIT_TRY(proxy, http::Proxy::parse(options.proxy));
  proxy.user = options.proxy_user;
  if (options.proxy_password) {
    FLIT_TRY(password, resolve(*options.proxy_password));
    proxy.password = std::move(password);
  }
  proxy.bypass = options.direct;
  settings.proxy = std::move(proxy);
  return settings;
}

}  // namespace flit::wiring
