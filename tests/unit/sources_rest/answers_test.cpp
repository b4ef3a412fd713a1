#include "sources/rest/answers.hpp"

#include "base/time.hpp"
#include "tests/unit/sources_rest/interactive.hpp"

namespace flit::sources::rest {
namespace {

using std::chrono::milliseconds;

struct Row {
  std::string_view name;
  int status;
  http::Headers headers;
  std::string body;
  Fault fault;
  std::string_view code;
  std::optional<milliseconds> wait{};
  std::string_view says{};
};

std::string error_body(std::string_view code, std::string_view more = "") {
  return "{\"error\":{\"code\":\"" + std::string(code) + "\",\"message\":\"m\",\"details\":[]" +
         std::string(more) + "}}";
}

const http::Headers html{{"Content-Type", "text/html"}};

// facts/sources.md §1.1 and §1.2, line by line.
const std::vector<Row> table{
    {"no token", 401, {}, error_body("missing_token"), Fault::setup, "missing_token"},
    {"expired",
     401,
     {},
     error_body("expired_token"),
     Fault::setup,
     "expired_token",
     {},
     "the access token has expired"},
    {"scope",
     403,
     {},
     error_body("missing_scope", R"(,"required_scopes":["files.read"])"),
     Fault::setup,
     "missing_scope",
     {},
     "missing scope files.read"},
    {"module",
     403,
     {},
     error_body("module_not_enabled", R"(,"module":"matters")"),
     Fault::setup,
     "module_not_enabled",
     {},
     "module matters off"},
    {"clause", 403, {}, error_body("proprietary_content"), Fault::permanent, "proprietary_content"},
    {"quarantine", 403, {}, error_body("file_quarantined"), Fault::permanent, "file_quarantined"},
    {"record", 404, {}, error_body("not_found"), Fault::permanent, "not_found"},
    {"endpoint",
     404,
     {},
     error_body("endpoint_not_available"),
     Fault::setup,
     "endpoint_not_available"},
    {"gone", 410, {}, error_body("file_gone"), Fault::permanent, "file_gone"},
    {"range",
     416,
     {},
     error_body("range_not_satisfiable"),
     Fault::permanent,
     "range_not_satisfiable"},
    {"limit, seconds",
     429,
     {{"Retry-After", "3"}},
     error_body("rate_limited"),
     Fault::limit,
     "rate_limited",
     milliseconds(3000)},
    {"limit, date",
     429,
     {{"Retry-After", "Mon, 02 Nov 2026 08:00:07 GMT"}, {"Date", "Mon, 02 Nov 2026 08:00:05 GMT"}},
     error_body("rate_limited"),
     Fault::limit,
     "rate_limited",
     milliseconds(2000)},
    {"limit, no hint",
     429,
     {},
     error_body("too_many_concurrent"),
     Fault::limit,
     "too_many_concurrent"},
    {"day, seconds",
     429,
     {{"Retry-After", "60"}},
     error_body("daily_limit"),
     Fault::limit,
     "daily_limit",
     milliseconds(60'000)},
    {"day, no hint",
     429,
     {{"Date", "Mon, 02 Nov 2026 23:59:00 GMT"}},
     error_body("daily_limit"),
     Fault::limit,
     "daily_limit",
     milliseconds(60'000)},
    {"internal", 500, {}, error_body("internal"), Fault::transient, "internal"},
    {"gateway page", 502, html, "<html>401 invalid_token</html>", Fault::transient, ""},
    {"empty gateway", 503, html, "", Fault::transient, ""},
    {"gateway page that hints",
     503,
     {{"Content-Type", "text/html"}, {"Retry-After", "5"}},
     "",
     Fault::transient,
     ""},
    {"page with the wrong status", 403, html, "<html></html>", Fault::setup, ""},
};

TEST(Answers, EachIsWhatTheFaultTableSays) {
  const RestSpec spec = interactive();
  const http::Request request{.url = http::Url::parse("https://crm.test/api/v1/files").value()};
  const Instant now = parse_instant("2026-11-02T08:00:00Z").value();

  for (const Row& row : table) {
    Heard heard{.response = {.status = row.status, .headers = row.headers, .body = row.body}};
    if (auto document = json::parse(row.body)) heard.document = std::move(*document);
    const auto error = refusal_of(spec, request, heard, now);

    ASSERT_TRUE(error) << row.name;
    EXPECT_EQ(error->fault, row.fault) << row.name;
    EXPECT_EQ(error->code, row.code) << row.name;
    if (row.fault == Fault::limit) {
      EXPECT_EQ(error->retry_after, row.wait) << row.name;
    }
    EXPECT_NE(error->message.find(row.says), std::string::npos) << error->message;
  }
}

TEST(Answers, AWaitBeyondReasonIsCut) {
  const RestSpec spec = interactive(
      "base_url: https://crm.test\n"
      "answers: [{status: 429, is: limit, wait_header: X-Reset, wait: seconds}]\n");
  const Heard heard{.response = {.status = 429, .headers = {{"X-Reset", "9223372036854775807"}}}};

  const auto error = refusal_of(spec, {}, heard, Instant());

  ASSERT_TRUE(error);
  EXPECT_EQ(error->retry_after, std::chrono::hours(24 * 366));
}

TEST(Answers, ASuccessIsNone) {
  const RestSpec spec = interactive();

  EXPECT_FALSE(refusal_of(spec, {}, {.response = {.status = 200}}, Instant()));
}

TEST(Answers, AnErrorMayClaimSuccess) {
  const RestSpec spec = interactive(
      "base_url: https://crm.test\nkeys: {error_code: code}\n"
      "answers: [{status: 200, code: \"40302\", is: setup, says: \"plan lacks it: {message}\", "
      "reach: absent}]\n");
  Heard heard{.response = {.status = 200}};
  heard.document = std::move(*json::parse(R"({"success":false,"code":40302,"message":"reports"})"));

  const auto error = refusal_of(spec, {}, heard, Instant());

  ASSERT_TRUE(error);
  EXPECT_EQ(error->fault, Fault::setup);
  EXPECT_NE(error->message.find("plan lacks it: reports"), std::string::npos) << error->message;
}

}  // namespace
}  // namespace flit::sources::rest
