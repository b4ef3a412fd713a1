#include "http/fault.hpp"

#include <array>

#include <gtest/gtest.h>

#include "http/easy_handle.hpp"

namespace flit::http {
namespace {

using namespace std::chrono_literals;

struct FailureRow {
  Failure failure;
  Fault unsent;
  Fault read;
  Fault write;  ///< sent or answering
};

constexpr Fault setup = Fault::setup;
constexpr Fault permanent = Fault::permanent;
constexpr Fault transient = Fault::transient;
constexpr Fault ambiguous = Fault::ambiguous;
constexpr Fault cancelled = Fault::cancelled;

constexpr std::array<FailureRow, 19> failures{{
    {Failure::invalid_request, permanent, permanent, permanent},
    {Failure::resolve, transient, transient, ambiguous},
    {Failure::connect, transient, transient, ambiguous},
    {Failure::proxy, setup, setup, setup},
    {Failure::tls_verify, setup, setup, setup},
    {Failure::tls_setup, setup, setup, setup},
    {Failure::tls_handshake, transient, transient, ambiguous},
    {Failure::timeout_connect, transient, transient, ambiguous},
    {Failure::timeout_first_byte, transient, transient, ambiguous},
    {Failure::timeout_silence, transient, transient, ambiguous},
    {Failure::timeout_total, transient, transient, ambiguous},
    {Failure::disconnected, transient, transient, ambiguous},
    {Failure::truncated, transient, transient, ambiguous},
    {Failure::unframed, permanent, permanent, ambiguous},
    {Failure::malformed, transient, transient, ambiguous},
    {Failure::encoding, transient, transient, ambiguous},
    {Failure::too_large, permanent, permanent, ambiguous},
    {Failure::cancelled, cancelled, cancelled, cancelled},
    {Failure::internal, permanent, permanent, ambiguous},
}};

TEST(FaultOfFailure, IsWhatTheTableSays) {
  for (const FailureRow& row : failures) {
    const std::string_view name = to_string(row.failure);
    for (const Effect effect : {Effect::read, Effect::write})
      EXPECT_EQ(fault_of(row.failure, Phase::unsent, effect), row.unsent) << name;
    for (const Phase phase : {Phase::sent, Phase::answering}) {
      EXPECT_EQ(fault_of(row.failure, phase, Effect::read), row.read) << name;
      EXPECT_EQ(fault_of(row.failure, phase, Effect::write), row.write) << name;
    }
  }
}

/// The rule behind the table: a write of which a byte has left is never called safe to repeat.
TEST(FaultOfFailure, AWriteThatMayHaveArrivedIsNeverTransient) {
  for (const FailureRow& row : failures)
    for (const Phase phase : {Phase::sent, Phase::answering})
      EXPECT_NE(fault_of(row.failure, phase, Effect::write), transient) << to_string(row.failure);
}

struct StatusRow {
  int status;
  Fault read;
  Fault write;
};

constexpr std::array<StatusRow, 26> statuses{{
    {301, setup, setup},
    {302, setup, setup},
    {304, permanent, permanent},
    {307, setup, setup},
    {308, setup, setup},
    {400, permanent, permanent},
    {401, setup, setup},
    {403, setup, setup},
    {404, permanent, permanent},
    {405, permanent, permanent},
    {407, setup, setup},
    {408, transient, ambiguous},
    {409, permanent, permanent},
    {410, permanent, permanent},
    {412, permanent, permanent},
    {413, permanent, permanent},
    {422, permanent, permanent},
    {425, transient, ambiguous},
    {429, Fault::limit, Fault::limit},
    {500, transient, ambiguous},
    {501, permanent, permanent},
    {502, transient, ambiguous},
    {503, transient, ambiguous},
    {504, transient, ambiguous},
    {505, permanent, permanent},
    {520, transient, ambiguous},
}};

TEST(FaultOfStatus, IsWhatTheTableSays) {
  for (const StatusRow& row : statuses) {
    EXPECT_EQ(fault_of_status(row.status, Effect::read), row.read) << row.status;
    EXPECT_EQ(fault_of_status(row.status, Effect::write), row.write) << row.status;
  }
}

Request request_to(std::string_view url, Method method = Method::get) {
  return {.method = method, .url = *Url::parse(url)};
}

TEST(RefusalOf, SaysWhatWasAskedAndWhatCameWithoutSecretsOrValues) {
  const Request request = request_to("https://h/contacts?key=s3cret", Method::post);
  const Response response{
      .status = 503, .headers = {{"Retry-After", "24"}}, .body = "jane@example.com"};

  const auto error = refusal_of(request, response, Instant());

  ASSERT_TRUE(error);
  EXPECT_EQ(error->text(),
            "POST https://h/contacts?…: answered 503 Service Unavailable [HTTP 503]");
  EXPECT_EQ(error->fault, ambiguous);
  EXPECT_EQ(error->retry_after, 24s);
}

TEST(RefusalOf, IsNothingForSuccess) {
  EXPECT_FALSE(refusal_of(request_to("https://h/"), {.status = 204}, Instant()));
}

TEST(EffectOf, FollowsTheMethodUnlessTheRequestSaysOtherwise) {
  Request query = request_to("https://h/query", Method::post);

  EXPECT_EQ(effect_of(query), Effect::write);
  query.effect = Effect::read;
  EXPECT_EQ(effect_of(query), Effect::read);
  EXPECT_EQ(effect_of(request_to("https://h/", Method::head)), Effect::read);
  EXPECT_EQ(effect_of(request_to("https://h/", Method::del)), Effect::write);
}

struct RetryRow {
  std::string_view text;
  std::optional<std::chrono::milliseconds> wait;
};

TEST(RetryAfter, ReadsWhatServicesSend) {
  const Instant now = *parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT");
  const std::array<RetryRow, 19> rows{{
      {"24", 24s},
      {"0", 0s},
      {"1.5", 1500ms},
      {".25", 250ms},
      {"0.0001", 1ms},  // never too short
      {"2.000", 2s},
      {"99999999999999999999", std::chrono::hours(24 * 366)},
      {"Sun, 06 Nov 1994 08:50:37 GMT", 60s},
      {"Sunday, 06-Nov-94 08:50:37 GMT", 60s},
      {"Sun Nov  6 08:50:37 1994", 60s},
      {"Sun, 06 Nov 1994 08:00:00 GMT", 0s},
      {"", std::nullopt},
      {"-5", std::nullopt},
      {"soon", std::nullopt},
      {"1.", std::nullopt},
      {"1.5s", std::nullopt},
      {"tomorrow", std::nullopt},
      {"Sun, 99 Nov 1994", std::nullopt},
      {"Sun, 06 Nov 761931 08:50:37 GMT", std::nullopt},
  }};

  for (const RetryRow& row : rows)
    EXPECT_EQ(retry_after({{"retry-after", std::string(row.text)}}, now), row.wait) << row.text;
  EXPECT_FALSE(retry_after({}, now));
}

TEST(RetryAfter, ADateIsComparedWithTheServersOwnClock) {
  const Headers headers{{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"},
                        {"Retry-After", "Sun, 06 Nov 1994 08:49:47 GMT"}};
  const Instant wrong_clock{};

  EXPECT_EQ(retry_after(headers, wrong_clock), 10s);
}

}  // namespace
}  // namespace flit::http
