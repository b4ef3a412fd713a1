#include "http/token.hpp"

#include <gtest/gtest.h>

#include "base/lanes.hpp"
#include "base/random.hpp"
#include "base/sim_executor.hpp"
#include "base/thread_executor.hpp"
#include "http/authorizing.hpp"
#include "tests/support/scripted_transport.hpp"

namespace flit::http {
namespace {

using namespace std::chrono_literals;
using test::ScriptedTransport;

const Url token_url = *Url::parse("https://login.example/tenant/oauth2/v2.0/token");

OAuthSettings settings() {
  return client_credentials(token_url, "app", Secret("s3cret"), "https://org/.default");
}

Response json(int status, std::string body) {
  return {
      .status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

Response granted(int number, std::string_view expires_in = "3599") {
  return json(200, "{\"token_type\":\"Bearer\",\"expires_in\":" + std::string(expires_in) +
                       ",\"access_token\":\"token-" + std::to_string(number) + "\"}");
}

Result<Response> grant(const Request&, int number) {
  return granted(number);
}

/// Runs a test's story in virtual time.
void simulate(const std::function<void(SimExecutor&)>& story, std::uint64_t seed = 1) {
  SimExecutor sim({.seed = seed});
  sim.run([&] { story(sim); });
}

std::string text_of(const Result<Token>& token) {
  return token ? token->value.reveal() : token.error().text();
}

TEST(OAuthToken, IsAskedForAsTheEndpointWants) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport endpoint(grant);
    OAuthTokenSource source(endpoint, sim, settings());

    EXPECT_EQ(text_of(source.token({})), "token-0");

    const Request request = endpoint.requests().at(0);
    EXPECT_EQ(request.method, Method::post);
    EXPECT_EQ(request.url, token_url);
    EXPECT_EQ(request.headers.media_type(), "application/x-www-form-urlencoded");
    EXPECT_EQ(effect_of(request), Effect::read) << "asking twice is harmless";
    const auto fields = form::parse(request.body);
    EXPECT_EQ(*form::find(*fields, "grant_type"), "client_credentials");
    EXPECT_EQ(*form::find(*fields, "client_id"), "app");
    EXPECT_EQ(*form::find(*fields, "client_secret"), "s3cret");
    EXPECT_EQ(*form::find(*fields, "scope"), "https://org/.default");
  });
}

TEST(OAuthToken, IsKeptUntilShortlyBeforeItsEnd) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport endpoint(grant);
    OAuthTokenSource source(endpoint, sim, settings());
    EXPECT_EQ(text_of(source.token({})), "token-0");

    sim.clock().sleep_for(3599s - 5min - 1s, {});
    EXPECT_EQ(text_of(source.token({})), "token-0");
    sim.clock().sleep_for(2s, {});
    EXPECT_EQ(text_of(source.token({})), "token-1");
  });
}

TEST(OAuthToken, AShortLifeHasAShortMargin) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport endpoint([](const Request&, int n) { return granted(n, "\"60\""); });
    OAuthTokenSource source(endpoint, sim, settings());
    EXPECT_EQ(text_of(source.token({})), "token-0");

    sim.clock().sleep_for(47s, {});
    EXPECT_EQ(text_of(source.token({})), "token-0");
    sim.clock().sleep_for(2s, {});
    EXPECT_EQ(text_of(source.token({})), "token-1");
  });
}

TEST(OAuthToken, WithoutALifeIsAskedForAgainInTime) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport endpoint([](const Request&, int n) {
      return json(200, "{\"access_token\":\"t" + std::to_string(n) +
                           "\",\"instance_url\":\"https://x.my.salesforce.com\"}");
    });
    OAuthTokenSource source(endpoint, sim, settings());
    EXPECT_EQ(source.token({})->instance_url, "https://x.my.salesforce.com");

    sim.clock().sleep_for(9min, {});
    EXPECT_EQ(text_of(source.token({})), "t1");
  });
}

TEST(OAuthToken, ALifeBelowNothingIsNoLife) {
  for (const char* life : {"-1", "-99999999999999999999999", "\"-99999999999999999999999\""})
    simulate([life](SimExecutor& sim) {
      ScriptedTransport endpoint([life](const Request&, int n) { return granted(n, life); });
      OAuthTokenSource source(endpoint, sim, settings());
      EXPECT_EQ(text_of(source.token({})), "token-0");

      sim.clock().sleep_for(9min, {});
      EXPECT_EQ(text_of(source.token({})), "token-1") << life;
    });
}

TEST(OAuthToken, FiftyLanesAskOnce) {
  for (std::uint64_t seed = 0; seed < 50; ++seed)
    simulate(
        [seed](SimExecutor& sim) {
          ScriptedTransport endpoint([&](const Request&, int number) {
            sim.clock().sleep_for(200ms, {});
            return granted(number);
          });
          OAuthTokenSource source(endpoint, sim, settings());
          {
            Lanes lanes(sim, "lanes", {});
            for (int i = 0; i < 50; ++i)
              lanes.spawn("lane " + std::to_string(i), [&, i](std::stop_token stop) {
                Random random(seed, "lane " + std::to_string(i));
                sim.clock().sleep_for(std::chrono::milliseconds(random.below(300)), stop);
                EXPECT_EQ(text_of(source.token(stop)), "token-0");
              });
            lanes.join();
          }
          EXPECT_EQ(endpoint.requests().size(), 1U) << "seed " << seed;
        },
        seed);
}

TEST(OAuthToken, NobodyWaitsWhileTheOldOneHolds) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport endpoint([&](const Request&, int number) {
      if (number > 0) sim.clock().sleep_for(10s, {});
      return granted(number);
    });
    OAuthTokenSource source(endpoint, sim, settings());
    EXPECT_TRUE(source.token({}));
    sim.clock().sleep_for(3599s - 4min, {});

    Lanes lanes(sim, "lanes", {});
    lanes.spawn("asks",
                [&](std::stop_token stop) { EXPECT_EQ(text_of(source.token(stop)), "token-1"); });
    lanes.spawn("does not wait", [&](std::stop_token stop) {
      sim.clock().sleep_for(1s, stop);
      const Tick before = sim.clock().tick();
      EXPECT_EQ(text_of(source.token(stop)), "token-0");
      EXPECT_EQ(sim.clock().tick(), before);
    });
    lanes.join();
  });
}

TEST(OAuthToken, AFailureIsSharedAndTheOldTokenUsedWhileItHolds) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport endpoint([&](const Request&, int number) -> Result<Response> {
      if (number == 0) return granted(number);
      sim.clock().sleep_for(1s, {});
      return Error{.fault = Fault::transient, .message = "the endpoint is down"};
    });
    OAuthTokenSource source(endpoint, sim, settings());
    EXPECT_TRUE(source.token({}));

    sim.clock().sleep_for(3599s - 4min, {});
    EXPECT_EQ(text_of(source.token({})), "token-0") << "it still holds";
    EXPECT_EQ(text_of(source.token({})), "token-0");
    EXPECT_EQ(endpoint.requests().size(), 2U) << "and is not asked for again at once";
    sim.clock().sleep_for(10min, {});
    Lanes lanes(sim, "lanes", {});
    for (int i = 0; i < 10; ++i)
      lanes.spawn("lane", [&](std::stop_token stop) {
        EXPECT_EQ(text_of(source.token(stop)), "the endpoint is down");
      });
    lanes.join();
    EXPECT_EQ(endpoint.requests().size(), 3U) << "ten lanes share one failure";
  });
}

TEST(OAuthToken, AStopEndsTheWaitAndNotTheOthers) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport endpoint([&](const Request&, int number) {
      sim.clock().sleep_for(10s, {});
      return granted(number);
    });
    OAuthTokenSource source(endpoint, sim, settings());
    Lanes lanes(sim, "lanes", {});
    Lanes stopped(sim, "stopped", {});

    lanes.spawn("asks", [&](std::stop_token stop) { EXPECT_TRUE(source.token(stop)); });
    stopped.spawn("waits", [&](std::stop_token stop) {
      sim.clock().sleep_for(1s, {});
      const auto token = source.token(stop);
      ASSERT_FALSE(token);
      EXPECT_EQ(token.error().fault, Fault::cancelled);
    });
    sim.clock().sleep_for(2s, {});
    stopped.request_stop();
    stopped.join();
    EXPECT_LT(sim.clock().tick().time_since_epoch(), 5s + Duration()) << "it waited for the answer";
    lanes.join();
  });
}

TEST(OAuthToken, ALaneThatIsStoppedWhileAskingLeavesTheOthersToAsk) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport endpoint([&](const Request&, int number) -> Result<Response> {
      sim.clock().sleep_for(5s, {});
      if (number == 0) return Error{.fault = Fault::cancelled, .message = "stopped"};
      return granted(number);
    });
    OAuthTokenSource source(endpoint, sim, settings());
    Lanes lanes(sim, "lanes", {});
    lanes.spawn("is stopped", [&](std::stop_token stop) { EXPECT_FALSE(source.token(stop)); });
    lanes.spawn("waits", [&](std::stop_token stop) {
      sim.clock().sleep_for(1s, {});
      EXPECT_EQ(text_of(source.token(stop)), "token-1");
    });
    lanes.join();
  });
}

TEST(OAuthToken, ABugWhileAskingLeavesTheOthersToAsk) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport endpoint([](const Request&, int number) -> Result<Response> {
      if (number == 0) throw std::logic_error("a bug");
      return granted(number);
    });
    OAuthTokenSource source(endpoint, sim, settings());

    EXPECT_THROW(static_cast<void>(source.token({})), std::logic_error);
    EXPECT_EQ(text_of(source.token({})), "token-1");
  });
}

struct Refusal {
  Response response;
  Fault fault;
  std::string text;  ///< part of the error's
};

TEST(OAuthToken, SaysWhyThereIsNone) {
  const std::vector<Refusal> refusals{
      {json(
           401,
           R"({"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret.\r\nTrace ID: 1"})"),
       Fault::setup,
       "the token was refused: AADSTS7000215: Invalid client secret. [invalid_client]"},
      {json(400, R"({"error":"invalid_grant"})"), Fault::setup, "refused: invalid_grant"},
      {json(200, R"({"token_type":"Bearer"})"), Fault::setup, "no access_token"},
      {{.status = 200, .body = "<html>please log in</html>"}, Fault::setup, "no access_token"},
      {{.status = 503, .body = "<html>"}, Fault::transient, "answered 503"},
      {{.status = 429, .headers = {{"Retry-After", "7"}}}, Fault::limit, "answered 429"},
  };
  for (const Refusal& refusal : refusals)
    simulate([&](SimExecutor& sim) {
      ScriptedTransport endpoint([&](const Request&, int) { return refusal.response; });
      OAuthTokenSource source(endpoint, sim, settings());

      const auto token = source.token({});

      ASSERT_FALSE(token);
      EXPECT_EQ(token.error().fault, refusal.fault) << token.error().text();
      EXPECT_NE(token.error().text().find(refusal.text), std::string::npos) << token.error().text();
      EXPECT_EQ(token.error().text().find("s3cret"), std::string::npos);
    });
}

/// Accepts only the token that the endpoint gave last.
struct Platform {
  int wanted = 0;

  Result<Response> operator()(const Request& request, int number) {
    if (request.url == token_url) return granted(number);
    const auto header = request.headers.find("Authorization").value_or("");
    return Response{.status = header == "Bearer token-" + std::to_string(wanted) ? 200 : 401};
  }
};

const Url contacts = *Url::parse("https://org/contacts");

TEST(Authorizing, AddsTheToken) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport platform(Platform{});
    OAuthTokenSource source(platform, sim, settings());
    AuthorizingTransport transport(platform, source);

    EXPECT_EQ(transport.send({.url = contacts}, {})->status, 200);
    EXPECT_EQ(transport.send({.url = contacts}, {})->status, 200);

    EXPECT_EQ(platform.requests().size(), 3U);
  });
}

TEST(Authorizing, AsksOnceMoreAfterARefusal) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport platform(Platform{.wanted = 2});
    OAuthTokenSource source(platform, sim, settings());
    AuthorizingTransport transport(platform, source);

    const auto response =
        transport.send({.method = Method::post, .url = contacts, .body = "{}"}, {});

    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(platform.requests().size(), 4U);
    EXPECT_EQ(platform.requests().at(3).body, "{}");
  });
}

TEST(Authorizing, TakesASecondRefusalForTheAnswer) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport platform(Platform{.wanted = -1});
    OAuthTokenSource source(platform, sim, settings());
    AuthorizingTransport transport(platform, source);

    EXPECT_EQ(transport.send({.url = contacts}, {})->status, 401);

    EXPECT_EQ(platform.requests().size(), 4U);
  });
}

TEST(Authorizing, AFixedTokenIsNotTriedTwice) {
  ScriptedTransport platform(Platform{.wanted = -1});
  FixedToken source(Secret("lf_key"));
  AuthorizingTransport transport(platform, source, {.name = "X-Api-Key", .prefix = ""});

  EXPECT_EQ(transport.send({.url = contacts}, {})->status, 401);

  ASSERT_EQ(platform.requests().size(), 1U);
  EXPECT_EQ(platform.requests().at(0).headers.find("X-Api-Key"), "lf_key");
}

TEST(Authorizing, AnUploadIsNotSentTwiceButItsTokenIsGivenUp) {
  simulate([](SimExecutor& sim) {
    ScriptedTransport platform(Platform{.wanted = 2});
    OAuthTokenSource source(platform, sim, settings());
    AuthorizingTransport transport(platform, source);
    const BodySource body = [](std::span<char>) -> Result<std::size_t> { return 0; };
    const Request upload{.method = Method::put, .url = contacts, .source = body};

    EXPECT_EQ(transport.send(upload, {})->status, 401);
    EXPECT_EQ(transport.send(upload, {})->status, 200);
  });
}

/// The same code on threads, for the sanitizers.
TEST(Authorizing, WorksForManyThreads) {
  RealClock clock;
  ThreadExecutor executor(clock);
  std::atomic<int> wanted = 0;
  std::atomic<int> tokens = 0;
  ScriptedTransport platform([&](const Request& request, int) -> Result<Response> {
    if (request.url == token_url) return granted(wanted = tokens++);
    const auto header = request.headers.find("Authorization").value_or("");
    return Response{.status = header == "Bearer token-" + std::to_string(wanted) ? 200 : 401};
  });
  OAuthTokenSource source(platform, executor, settings());
  AuthorizingTransport transport(platform, source);
  std::atomic<int> refused = 0;

  Lanes lanes(executor, "lanes", {});
  for (int i = 0; i < 8; ++i)
    lanes.spawn("lane", [&](std::stop_token stop) {
      for (int n = 0; n < 100; ++n) {
        const auto response = transport.send({.url = contacts}, stop);
        if (!response || response->status != 200) ++refused;
      }
    });
  lanes.join();

  EXPECT_EQ(refused, 0);
  EXPECT_EQ(tokens, 1);
}

}  // namespace
}  // namespace flit::http
