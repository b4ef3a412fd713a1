#include "http/redirect.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace flit::http {
namespace {

using std::chrono::milliseconds;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// What any server may see: what is asked for, never by whom.
Headers harmless(const Headers& headers) {
  constexpr std::array<std::string_view, 8> names{
      "Accept",   "Accept-Encoding",   "Accept-Language", "If-Match",
      "If-Range", "If-Modified-Since", "If-None-Match",   "Range"};
  Headers kept;
  for (const Header& field : headers)
    for (const std::string_view name : names)
      if (same_name(field.name, name)) kept.add(field.name, field.value);
  return kept;
}

Error refusal(const Request& request, std::string message) {
  return {.fault = Fault::permanent, .message = std::move(message), .where = shown(request)};
}

}  // namespace

RedirectTrail::RedirectTrail(Request first, Moment now)
    : current_(std::move(first)),
      hops_left_(current_.max_redirects),
      total_(current_.deadlines.total),
      begun_(now) {}

Result<bool> RedirectTrail::follow(const Response& response, Moment now) {
  const auto location = response.headers.find("Location");
  if (!is_redirect(response.status) || !location || effect_of(current_) == Effect::write)
    return false;
  if (hops_left_-- == 0)
    return refusal(current_, fmt::format("more than {} redirects", current_.max_redirects));
  FLIT_TRY(next, current_.url.resolve(*location));
  if (current_.url.is_secure() && !next.is_secure())
    return refusal(current_, fmt::format("redirected from https to {}", next.shown()));
  if (!next.same_origin(current_.url)) current_.headers = harmless(current_.headers);
  if (response.status == 303 && current_.method != Method::head) {
    current_.method = Method::get;
    current_.body.clear();
    current_.source = nullptr;
    current_.headers.remove("Content-Type");
  }
  current_.url = std::move(next);
  if (total_.count() == 0) return true;
  const auto left = total_ - std::chrono::duration_cast<milliseconds>(now - begun_);
  current_.deadlines.total = std::max(left, milliseconds(1));
  return true;
}

}  // namespace flit::http
