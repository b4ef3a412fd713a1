#pragma once
/// @file The production Transport: libcurl, one I/O thread, any number of lanes that block.
///
/// The thread drives one multi handle (perform, poll, wakeup); connections are kept and reused by
/// all lanes. Callers admit *before* they send: nothing here queues, paces or retries, so deadlines
/// count network time only. Deliberately absent: cookies (Dataverse's ARRAffinity would tie us to
/// one of its servers: facts/dataverse.md §8), .netrc, proxies and CA files from
/// the environment, HTTP/0.9, signals. TLS 1.2 or newer, verified.

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "http/proxy.hpp"
#include "http/transport.hpp"

namespace flit::http {

class IoLoop;

struct ClientSettings {
  enum class Tls {
    verified,
    unverified_for_tests,  ///< anybody may read and change everything
  };

  std::string user_agent = "FlitStack";
  std::optional<Proxy> proxy{};     ///< none: direct, whatever the environment says
  std::filesystem::path ca_file{};  ///< PEM, instead of the system's; empty: the system's
  Tls tls = Tls::verified;
  long max_idle_connections = 512;  ///< the governor's ceiling of lanes (style.md, section 5)
  std::chrono::seconds idle_lifetime{50};  ///< a kept connection that rested longer is not used
                                           ///< again: servers close theirs after 60 s or more
};

class Client final : public Transport {
 public:
  explicit Client(ClientSettings settings = {});

  /// REQUIRES: no send() is under way.
  ~Client() override;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Result<Response> send(const Request& request, std::stop_token stop) override;

 private:
  Result<Response> perform(const Request& request, const std::stop_token& stop);

  ClientSettings settings_;
  std::unique_ptr<IoLoop> loop_;
};

}  // namespace flit::http
