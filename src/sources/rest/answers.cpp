#include "sources/rest/answers.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/time.hpp"
#include "http/fault.hpp"
#include "sources/rest/json_text.hpp"

namespace flit::sources::rest {
namespace {

using std::chrono::milliseconds;

/// As for Retry-After: what asks for more has another unit, or none.
constexpr std::chrono::seconds longest_wait = std::chrono::hours(24 * 366);

Fault fault_of(AnswerRule::Is is) {
  switch (is) {
    case AnswerRule::Is::setup:
      return Fault::setup;
    case AnswerRule::Is::permanent:
      return Fault::permanent;
    case AnswerRule::Is::limit:
      return Fault::limit;
    case AnswerRule::Is::transient:
      return Fault::transient;
  }
  return Fault::permanent;
}

milliseconds until(Instant moment, Instant now) {
  return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(moment - now));
}

std::optional<milliseconds> header_wait(const AnswerRule& rule, const http::Headers& headers,
                                        Instant now) {
  const auto text = headers.find(rule.wait_header);
  std::int64_t seconds = 0;
  if (!text || rule.wait == AnswerRule::Wait::none) return {};
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (failed != std::errc() || end != text->data() + text->size() || seconds < 0) return {};
  if (rule.wait == AnswerRule::Wait::seconds)
    return std::min(std::chrono::seconds(seconds), longest_wait);
  const Result<Instant> moment = instant_from_epoch_seconds(seconds);
  if (!moment) return {};
  return until(*moment + std::chrono::seconds(1), now);
}

/// Retry-After outranks everything; without it, what the rule knows.
std::optional<milliseconds> wait_of(const AnswerRule& rule, const http::Headers& headers,
                                    Instant now) {
  if (const auto hint = http::retry_after(headers, now)) return hint;
  if (const auto wait = header_wait(rule, headers, now)) return wait;
  if (rule.until != AnswerRule::Until::midnight_utc) return {};
  const auto date = headers.find("Date");
  const Instant there = date ? http::parse_http_date(*date).value_or(now) : now;
  return until(std::chrono::floor<std::chrono::days>(there) + std::chrono::days(1), there);
}

}  // namespace

const AnswerRule* rule_for(const RestSpec& spec, const Heard& heard) {
  const std::string code = text_of(heard.body().at_path(spec.keys.error_code));
  for (const AnswerRule& rule : spec.answers)
    if (rule.status == heard.response.status && (rule.code.empty() || rule.code == code))
      return &rule;
  return nullptr;
}

std::optional<Error> refusal_of(const RestSpec& spec, const http::Request& request,
                                const Heard& heard, Instant now) {
  std::optional<Error> error = http::refusal_of(request, heard.response, now);
  const AnswerRule* rule = rule_for(spec, heard);
  if (!error && rule == nullptr) return {};
  if (!error)
    error = Error{.message = "the answer says that it failed", .where = http::shown(request)};
  error->code = text_of(heard.body().at_path(spec.keys.error_code));
  if (rule == nullptr) {
    const std::string words = text_of(heard.body().at_path(spec.keys.error_message));
    if (!words.empty()) error->message += ": " + words;
    return error;
  }
  error->fault = fault_of(rule->is);
  if (!rule->says.empty())
    error->message =
        fmt::format("{} {}: {}", heard.response.status, http::reason_phrase(heard.response.status),
                    filled(rule->says, heard.body()));
  if (!rule->remedy.empty()) error->remedy = rule->remedy;
  if (rule->is == AnswerRule::Is::limit)
    error->retry_after = wait_of(*rule, heard.response.headers, now);
  return error;
}

Result<json::Value> list_in(json::Value body, std::string_view path, std::string_view where) {
  const json::Value list = body.at_path(path);
  if (list.is_array()) return list;
  return Error{.fault = Fault::transient,
               .message = fmt::format("the answer holds no list \"{}\"", path),
               .where = std::string(where),
               .remedy = "Check source.base_url: something else than the API seems to answer"};
}

}  // namespace flit::sources::rest
