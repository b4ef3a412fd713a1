// Headers, links, hints and media types come from strangers: any bytes are read or refused.

#include <cstdint>
#include <string_view>

#include "fuzz/promise.hpp"
#include "http/fault.hpp"
#include "http/mask.hpp"
#include "http/media_type.hpp"
#include "http/proxy.hpp"
#include "http/url.hpp"

namespace {

using flit::fuzz::promise;
using namespace flit::http;  // NOLINT(google-build-using-namespace)

void check_link(const Url& base, std::string_view text) {
  const auto resolved = base.resolve(text);
  if (!resolved) return;
  const auto again = Url::parse(resolved->text());
  promise(again && *again == *resolved, "a resolved link is a URL");
  const std::string shown = resolved->shown();
  const std::size_t query = shown.find('?');
  promise(query == std::string::npos || shown.substr(query) == "?…", "a shown URL has no query");
  (void)resolved->parameters();
}

void check_headers(std::string_view text) {
  Headers headers;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    headers.add_line(line);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  for (const Header& field : headers)
    promise(headers.find(field.name).has_value(), "a header that was read is found");
  (void)headers.media_type();
  (void)Mask().headers(headers);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Url base = *Url::parse("https://host/a/b?c=d");
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_link(base, text);
  check_headers(text);
  if (const auto wait = retry_after({{"Retry-After", std::string(text)}}, flit::Instant()))
    promise(wait->count() >= 0 && *wait <= std::chrono::hours(24 * 366), "a wait is bounded");
  (void)parameter_of(text, "boundary");
  (void)Proxy::parse(text);
  (void)Mask().body("application/json", text);
  (void)Mask().body("application/x-www-form-urlencoded", text);
  return 0;
}
