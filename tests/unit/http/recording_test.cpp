#include "http/recording.hpp"

#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "http/replay.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/scripted_transport.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit::http {
namespace {

using test::ScriptedTransport;

Url url(std::string_view text) {
  return *Url::parse(text);
}

Request token_request() {
  return {.method = Method::post,
          .url = url("https://login.example/token"),
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
          .body = "grant_type=client_credentials&client_secret=s%2B3cret&scope=x"};
}

/// A platform that gives tokens, records, files and failures.
Result<Response> platform(const Request& request, int) {
  if (request.url.path() == "/token")
    return Response{
        .status = 200,
        .headers = {{"Content-Type", "application/json"}},
        .body = R"({"access_token":"eyJ0","expires_in":3599,"deep":[{"id_token":"x"}]})"};
  if (request.url.path() == "/gone")
    return Error{.fault = Fault::limit,
                 .message = "too many",
                 .where = "GET https://h/gone",
                 .code = "0x80072322",
                 .retry_after = std::chrono::milliseconds(1500)};
  if (request.sink) {
    FLIT_TRY_VOID(request.sink({.status = 200}, std::string("\xff\x00piece", 7)));
    return Response{.status = 200};
  }
  return Response{.status = 200,
                  .headers = {{"Content-Type", "application/json"}, {"Set-Cookie", "ARR=1"}},
                  .body = R"({"name": "Øst", "amount": 1.50})"};
}

class Recording : public testing::Test {
 protected:
  std::unique_ptr<RecordingTransport> recorder(RecordingSettings settings = {}) {
    auto opened = RecordingTransport::open(platform_, path_, std::move(settings));
    EXPECT_TRUE(opened) << opened.error().text();
    return std::move(*opened);
  }

  test::TemporaryDirectory directory_;
  std::filesystem::path path_ = directory_ / "exchanges.jsonl";
  ScriptedTransport platform_{platform};
};

void send_everything(Transport& transport) {
  EXPECT_TRUE(transport.send(token_request(), {}));
  EXPECT_TRUE(transport.send({.url = url("https://h/contacts?limit=2&sig=s3cret"),
                              .headers = {{"Authorization", "Bearer eyJ0"}, {"Accept", "*/*"}}},
                             {}));
  EXPECT_FALSE(transport.send({.url = url("https://h/gone")}, {}));
  std::string file;
  const BodySink sink = [&](const Response&, std::string_view piece) -> Result<void> {
    file += piece;
    return {};
  };
  EXPECT_TRUE(transport.send({.url = url("https://h/file"), .sink = sink}, {}));
  EXPECT_EQ(file, std::string("\xff\x00piece", 7));
}

TEST_F(Recording, LooksAsPromised) {
  send_everything(*recorder({.mask = {.secrets = {Secret("Øst")}}}));

  test::expect_golden("http/recording.jsonl", test::read_file(path_.string()));
}

TEST_F(Recording, IsReplayed) {
  send_everything(*recorder());
  auto exchanges = read_recording(path_);
  ASSERT_TRUE(exchanges) << exchanges.error().text();

  ReplayTransport replay(std::move(*exchanges), ReplayOrder::strict);
  send_everything(replay);

  EXPECT_EQ(replay.unused(), 0U);
}

TEST_F(Recording, LosesNothingButSecretsOnTheWay) {
  send_everything(*recorder());

  const auto exchanges = read_recording(path_);
  std::string again;
  for (const RecordedExchange& exchange : *exchanges) again += to_line(exchange) + "\n";

  EXPECT_EQ(again, test::read_file(path_.string()));
  EXPECT_EQ(exchanges->at(2).result.error().retry_after, std::chrono::milliseconds(1500));
  EXPECT_EQ(exchanges->at(2).result.error().code, "0x80072322");
}

TEST_F(Recording, HoldsNoSecret) {
  send_everything(*recorder({.mask = {.secrets = {Secret("eyJ0")}}}));

  const std::string text = test::read_file(path_.string());

  for (const std::string_view secret : {"s3cret", "s%2B3cret", "eyJ0", "ARR=1"})
    EXPECT_EQ(text.find(secret), std::string::npos) << secret << " stands in\n" << text;
}

TEST_F(Recording, MayLeaveBodiesOut) {
  send_everything(*recorder({.bodies = RecordingSettings::Bodies::left_out}));

  const std::string text = test::read_file(path_.string());

  EXPECT_EQ(text.find("amount"), std::string::npos);
  EXPECT_NE(text.find("\"body_bytes\":7"), std::string::npos) << text;
}

TEST_F(Recording, IsForItsOwnerOnly) {
  recorder();

  EXPECT_EQ(std::filesystem::status(path_).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Recording, OfManyLanesHasWholeLines) {
  {
    const auto shared = recorder();
    std::vector<std::jthread> lanes;
    lanes.reserve(8);
    for (int i = 0; i < 8; ++i)
      lanes.emplace_back([&] {
        for (int n = 0; n < 50; ++n)
          EXPECT_TRUE(shared->send({.url = url("https://h/contacts")}, {}));
      });
  }

  const auto exchanges = read_recording(path_);

  ASSERT_TRUE(exchanges) << exchanges.error().text();
  EXPECT_EQ(exchanges->size(), 400U);
}

TEST_F(Recording, ThatCannotBeWrittenIsAMatterOfSetup) {
  const auto opened = RecordingTransport::open(platform_, directory_ / "no" / "folder");

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().fault, Fault::setup);
}

TEST_F(Recording, AFullDiskFailsNoRequest) {
  auto opened = RecordingTransport::open(platform_, "/dev/full");
  ASSERT_TRUE(opened);

  EXPECT_TRUE((*opened)->send({.url = url("https://h/contacts")}, {}));

  ASSERT_TRUE((*opened)->problem());
  EXPECT_NE((*opened)->problem()->message.find("No space left"), std::string::npos);
}

TEST_F(Recording, ABrokenLineIsNamed) {
  std::ofstream(path_) << R"({"request":{"method":"GET","url":"u"},"response":{"status":200}})"
                       << "\nnonsense\n";

  const auto exchanges = read_recording(path_);

  ASSERT_FALSE(exchanges);
  EXPECT_EQ(exchanges.error().where, path_.string() + ":2");
}

RecordedExchange exchange(Method method, std::string url, int status) {
  return {.method = method, .url = std::move(url), .result = Response{.status = status}};
}

TEST(Replay, ADifferentRequestSaysWhatWasExpected) {
  ReplayTransport replay({exchange(Method::get, "https://h/a", 200)}, ReplayOrder::strict);

  const auto other = replay.send({.url = url("https://h/b?sig=s3cret")}, {});

  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().text(),
            "GET https://h/b?sig=***: the recording goes on with GET https://h/a");
  EXPECT_EQ(replay.unused(), 1U);
}

TEST(Replay, AnotherBodyIsAnotherRequest) {
  RecordedExchange recorded = exchange(Method::post, "https://h/a", 200);
  recorded.body = {.text = "one", .size = 3};
  ReplayTransport replay({recorded}, ReplayOrder::strict);

  const auto other =
      replay.send({.method = Method::post, .url = url("https://h/a"), .body = "two"}, {});

  ASSERT_FALSE(other);
  EXPECT_NE(other.error().message.find("another body"), std::string::npos);
}

TEST(Replay, ByMatchAnswersInAnyOrderAndEachOnce) {
  ReplayTransport replay(
      {exchange(Method::get, "https://h/a", 201), exchange(Method::get, "https://h/b", 202),
       exchange(Method::get, "https://h/a", 203)},
      ReplayOrder::by_match);
  const auto status_of = [&replay](std::string_view path) {
    const auto response = replay.send({.url = url(path)}, {});
    return response ? response->status : 0;
  };

  EXPECT_EQ(status_of("https://h/b"), 202);
  EXPECT_EQ(status_of("https://h/a"), 201);
  EXPECT_EQ(status_of("https://h/a"), 203);
  EXPECT_EQ(status_of("https://h/a"), 0);
}

TEST(Mask, FindsSecretsByNameInEveryPlace) {
  const Mask mask;

  EXPECT_EQ(mask.url(url("https://h/x?a=1&SIG=s%203&b")), "https://h/x?a=1&SIG=***&b");
  EXPECT_EQ(
      mask.headers({{"x-api-key", "s"}, {"Location", "https://h/f?sig=s&exp=3"}, {"A", "b?sig=s"}}),
      (Headers{{"x-api-key", "***"}, {"Location", "https://h/f?sig=***&exp=3"}, {"A", "b?sig=s"}}));
  EXPECT_EQ(mask.body("application/json", R"([{"Password": "s", "n": 1.50}])"),
            R"([{"Password":"***","n":1.50}])");
  EXPECT_EQ(mask.body("application/problem+json", R"({"password": null,  "n": 1})"),
            R"({"password": null,  "n": 1})")
      << "nothing to hide, nothing changed";
  EXPECT_EQ(mask.body("application/json", "{broken"), "{broken");
}

TEST(Mask, FindsKnownSecretsHoweverTheyAreWritten) {
  const Mask mask({.secrets = {Secret("a\"b/c")}});

  EXPECT_EQ(mask.text(R"(plain a"b/c, json "a\"b/c", form a%22b%2Fc)"),
            R"(plain ***, json "***", form ***)");
}

}  // namespace
}  // namespace flit::http
