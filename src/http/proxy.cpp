#include "http/proxy.hpp"

#include <memory>
#include <optional>

#include <curl/curl.h>
#include <fmt/format.h>

#include "base/encoding.hpp"

namespace flit::http {
namespace {

struct CurlUrlDeleter {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
using CurlUrl = std::unique_ptr<CURLU, CurlUrlDeleter>;

std::string part_of(const CurlUrl& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

std::string decoded(const std::string& text) {
  auto plain = percent::decode(text);
  return plain ? *plain : text;
}

bool is_proxy_scheme(std::string_view scheme) {
  for (const std::string_view known : {"http", "https", "socks4", "socks4a", "socks5", "socks5h"})
    if (scheme == known) return true;
  return false;
}

}  // namespace

Result<Proxy> Proxy::parse(std::string_view text) {
  const bool has_scheme = text.find("://") != std::string_view::npos;
  const std::string whole = has_scheme ? std::string(text) : fmt::format("http://{}", text);
  const CurlUrl url(curl_url());
  const CURLUcode code =
      curl_url_set(url.get(), CURLUPART_URL, whole.c_str(), CURLU_NON_SUPPORT_SCHEME);
  const std::string scheme = part_of(url, CURLUPART_SCHEME);
  if (code != CURLUE_OK || !is_proxy_scheme(scheme))
    return Error{
        .fault = Fault::setup,
        .message = "the proxy's address is not one that can be used",
        .remedy = "Write it as http://host:port (https, socks5 and socks5h are known too)"};
  const std::string port = part_of(url, CURLUPART_PORT);
  return Proxy{.address = fmt::format("{}://{}{}{}", scheme, part_of(url, CURLUPART_HOST),
                                      port.empty() ? "" : ":", port),
               .user = decoded(part_of(url, CURLUPART_USER)),
               .password = Secret(decoded(part_of(url, CURLUPART_PASSWORD)))};
}

}  // namespace flit::http
