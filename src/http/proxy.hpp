#pragma once
/// @file Which proxy to go through, as a setting: nothing here reads the environment.
///
/// apps/ turns HTTPS_PROXY and NO_PROXY, if it honours them, into a Proxy. Schemes are those of
/// libcurl: http, https, socks4, socks4a, socks5, socks5h.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace flit::http {

struct Proxy {
  std::string address;  ///< "http://proxy.example:3128", without credentials
  std::string user{};
  Secret password{};
  std::vector<std::string> bypass{};  ///< hosts reached directly: "localhost", ".example.com", "*"

  /// "http://user:password@proxy.example:3128" or "proxy.example:3128"; credentials are taken out.
  static Result<Proxy> parse(std::string_view text);
};

}  // namespace flit::http
