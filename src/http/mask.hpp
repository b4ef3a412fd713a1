#pragma once
/// @file Takes secrets out of exchanges before they are written anywhere.
///
/// By name (headers, query parameters, fields of JSON and form bodies) and by text (secrets that
/// the caller knows, wherever they stand, also percent-encoded). What it cannot know: secrets under
/// other names, and record values, which are what bodies are made of; so a recording with bodies is
/// as confidential as the data. Pure and thread-safe.

#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "http/headers.hpp"
#include "http/url.hpp"

namespace flit::http {

struct MaskSettings {
  /// Compared without regard to case.
  std::vector<std::string> headers{"Authorization", "Proxy-Authorization", "Cookie",
                                   "Set-Cookie",    "X-Api-Key",           "X-SFDC-Session"};
  std::vector<std::string> query{"access_token", "api_key", "code",      "key", "oauth_token",
                                 "password",     "sig",     "signature", "sid", "token"};
  std::vector<std::string> fields{"access_token", "assertion", "client_assertion", "client_secret",
                                  "id_token",     "password",  "refresh_token",    "signature"};
  std::vector<Secret> secrets{};
};

class Mask {
 public:
  /// What stands in place of a secret.
  static constexpr std::string_view hidden = "***";

  explicit Mask(MaskSettings settings = {}) : settings_(std::move(settings)) {}

  std::string url(const Url& url) const;
  Headers headers(const Headers& headers) const;

  /// `media_type` decides how fields are found; JSON without any of them stays byte for byte.
  std::string body(std::string_view media_type, std::string_view text) const;

  /// Known secrets only.
  std::string text(std::string_view text) const;

 private:
  std::string json(std::string_view text) const;
  std::string form(std::string_view text) const;

  MaskSettings settings_;
};

}  // namespace flit::http
