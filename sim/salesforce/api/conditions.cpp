#include "sim/salesforce/api/conditions.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/http_date.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace flit::sim::salesforce {
namespace {

std::string tag_of(const Row& row) {
  const auto stamp = static_cast<std::uint64_t>(row.head.stamp_ms);
  return fmt::format("\"{:016x}\"", hash64(row.packed()) ^ mix64(stamp));
}

/// Whether one of the tags of the header, or "*", is the record's. A proxy may have added -gzip.
bool names_tag(std::string_view header, std::string_view tag) {
  const auto tags = text::split(header, ",");
  return std::any_of(tags.begin(), tags.end(), [&](std::string_view each) {
    each = text::trim(each);
    if (each.starts_with("W/")) each.remove_prefix(2);
    const std::string_view bare = tag.substr(0, tag.size() - 1);
    return each == "*" || each == tag || each == std::string(bare) + "-gzip\"";
  });
}

/// Whether the record changed after the date; none: the header is missing or no date.
std::optional<bool> changed_since(const Organization& org, std::string_view date, const Row& row) {
  const auto since = parse_http_date(date, org.now());
  if (!since) return std::nullopt;
  return row.head.modified_ms / 1000 > epoch_seconds(*since);
}

}  // namespace

std::optional<ApiReply> unmet_condition(const Organization& org, const ApiCall& call,
                                        const Row& row) {
  const std::string tag = tag_of(row);
  const std::string_view match = call.header("If-Match");
  const std::string_view none_match = call.header("If-None-Match");
  const bool stale = (!match.empty() && !names_tag(match, tag)) ||
                     changed_since(org, call.header("If-Unmodified-Since"), row).value_or(false);
  const bool reads = call.method == "GET" || call.method == "HEAD";
  const bool known =
      !none_match.empty()
          ? names_tag(none_match, tag)
          : !changed_since(org, call.header("If-Modified-Since"), row).value_or(true);
  if (stale || (known && !reads))
    return ApiReply::refused({.status = 412,
                              .code = "PRECONDITION_FAILED",
                              .message = "The requested preconditions do not hold"});
  if (!known) return std::nullopt;
  ApiReply unchanged = ApiReply::none(304);
  add_validators(unchanged, row);
  return unchanged;
}

void add_validators(ApiReply& reply, const Row& row) {
  reply.headers.emplace_back("ETag", tag_of(row));
  reply.headers.emplace_back(
      "Last-Modified", format_http_date(Instant(std::chrono::milliseconds(row.head.modified_ms))));
}

}  // namespace flit::sim::salesforce
