#include "sources/rest/source.hpp"

#include <algorithm>
#include <map>

#include "base/time.hpp"
#include "tests/support/scripted_transport.hpp"
#include "tests/unit/sources_rest/interactive.hpp"

namespace flit::sources::rest {
namespace {

using test::ScriptedTransport;

http::Response json_answer(int status, std::string body, http::Headers headers = {}) {
  headers.add("Content-Type", "application/json; charset=utf-8");
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

http::Response refused(int status, const std::string& code, const std::string& more = "") {
  return json_answer(status, "{\"error\":{\"code\":\"" + code + "\"" + more + "}}");
}

/// Answers by path and query behind /api/v1; everything else is an empty list.
class Source : public testing::Test {
 protected:
  std::map<std::string, http::Response> answers;
  ManualClock clock;
  ScriptedTransport transport{[this](const http::Request& request, int) { return give(request); }};
  std::unique_ptr<RestSource> source =
      RestSource::open(transport, clock, interactive(), Secret("int_pat_x")).value();

  Result<http::Response> give(const http::Request& request) {
    const std::string target = request.url.target().substr(std::string("/api/v1").size());
    auto found = answers.find(target);
    if (found == answers.end()) found = answers.find(target.substr(0, target.find('?')));
    http::Response answer =
        found == answers.end() ? json_answer(200, R"({"results":[]})") : found->second;
    if (request.sink && answer.is_success()) {
      FLIT_TRY_VOID(request.sink(answer, answer.body));
      answer.body.clear();
    }
    return answer;
  }

  int asked(std::string_view path) const {
    const auto requests = transport.requests();
    return static_cast<int>(std::count_if(requests.begin(), requests.end(), [&](const auto& one) {
      return one.url.path() == "/api/v1" + std::string(path);
    }));
  }

  model::Page read(const model::Listing& listing,
                   const std::optional<model::Cursor>& from = {}) const {
    auto page = source->read(listing, from, {});
    EXPECT_TRUE(page) << page.error().text();
    return page ? std::move(*page) : model::Page();
  }
};

std::string changed(std::string_view id, std::string_view at) {
  return "{\"id\":\"" + std::string(id) + "\",\"updated_at\":\"" + std::string(at) +
         "\",\"properties\":{}}";
}

TEST_F(Source, SendsTheTokenAndTheHeadersOfThePack) {
  read({.name = "owners"});

  const http::Request request = transport.requests().front();
  EXPECT_EQ(request.headers.find("Authorization"), "Bearer int_pat_x");
  EXPECT_EQ(request.headers.find("Accept"), "application/json");
  EXPECT_EQ(request.url.text(), "https://crm.test/api/v1/owners?status=all&limit=500");
}

TEST_F(Source, ReadsSmallListsOnceForAllPages) {
  for (int page = 0; page < 3; ++page) read({.name = "deals"});

  EXPECT_EQ(asked("/pipelines"), 1);
  EXPECT_EQ(asked("/owners"), 1);
  EXPECT_EQ(asked("/tags"), 1);
}

TEST_F(Source, GoesOnWithASmallListWhereALimitStoppedIt) {
  answers["/owners?status=all&limit=500"] =
      json_answer(200, R"({"results":[{"id":"1"}],"paging":{"next":{"after":"x"}}})");
  answers["/owners?status=all&limit=500&after=x"] = refused(429, "rate_limited");
  EXPECT_EQ(source->read({.name = "calls"}, {}, {}).error().fault, Fault::limit);

  answers["/owners?status=all&limit=500&after=x"] = json_answer(200, R"({"results":[{"id":"2"}]})");
  read({.name = "calls"});

  EXPECT_EQ(asked("/owners"), 3) << "the first page is not read again";
}

TEST_F(Source, EndsAListWhosePagesComeAgain) {
  answers["/objects/contacts"] = json_answer(
      200, R"({"results":[{"id":"1","properties":{}}],"paging":{"next":{"after":"x"}}})");

  const model::Page first = read({.name = "contacts"});
  const auto second = source->read({.name = "contacts"}, first.next, {});

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().fault, Fault::transient);
  EXPECT_NE(second.error().text().find("contacts"), std::string::npos) << second.error().text();
}

TEST_F(Source, AsksForChangesSinceTheWatermarkAndLeavesLaterOnesToTheNextPass) {
  http::Headers date{{"Date", "Mon, 02 Nov 2026 08:00:00 GMT"}};
  answers["/objects/contacts?properties=*&limit=100&updated_since=2026-11-01T07:55:00Z"] =
      json_answer(200,
                  "{\"results\":[" + changed("1", "2026-11-01T09:00:00.000Z") + "," +
                      changed("2", "2026-11-02T07:59:59.999Z") + "," +
                      changed("3", "2026-11-02T08:00:00.000Z") +
                      "],\"paging\":{\"next\":{\"after\":\"for ever\"}}}",
                  date);

  const model::Page page =
      read({.name = "contacts", .changed_since = parse_instant("2026-11-01T08:00:00Z").value()});

  ASSERT_EQ(page.records.size(), 2U);
  EXPECT_EQ(page.records.back().key.id, "2");
  EXPECT_FALSE(page.next) << "an endless writer must not make the pass endless";
}

TEST_F(Source, ACursorThatHasExpiredStartsFromTheLastChangeSeen) {
  const std::string first = "/objects/contacts?properties=*&limit=100&updated_since=";
  answers[first + "2026-11-01T07:55:00Z"] =
      json_answer(200, "{\"results\":[" + changed("1", "2026-11-01T09:00:00.700Z") +
                           "],\"paging\":{\"next\":{\"after\":\"c\"}}}");
  answers["/objects/contacts?properties=*&limit=100&after=c&updated_since=2026-11-01T07:55:00Z"] =
      refused(400, "invalid_cursor");
  answers[first + "2026-11-01T09:00:00Z"] =
      json_answer(200, "{\"results\":[" + changed("1", "2026-11-01T09:00:00.700Z") + "," +
                           changed("2", "2026-11-01T09:00:01.000Z") + "]}");
  const model::Listing listing{.name = "contacts",
                               .changed_since = parse_instant("2026-11-01T08:00:00Z").value()};

  const model::Page page = read(listing, read(listing).next);

  ASSERT_EQ(page.records.size(), 2U);
  EXPECT_FALSE(page.next);
}

TEST_F(Source, ASourceThatRefusesItsOwnCursorsDoesNotKeepUsForEver) {
  answers["/tags?limit=100"] =
      json_answer(200, R"({"results":[],"paging":{"next":{"after":"c"}}})");
  answers["/tags?limit=100&after=c"] = refused(400, "invalid_cursor");

  std::optional<model::Cursor> at;
  Result<model::Page> page = source->read({.name = "tags"}, at, {});
  for (int pages = 0; page && pages < 100; ++pages) {
    at = page->next;
    page = source->read({.name = "tags"}, at, {});
  }

  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, "invalid_cursor");
}

TEST_F(Source, NumberedPagesLoseNothingWhenARecordIsDeletedMeanwhile) {
  source = RestSource::open(transport, clock,
                            interactive("base_url: https://crm.test/api/v1\n"
                                        "paging: {kind: page, limit: 2}\n"),
                            Secret("t"))
               .value();
  const auto page = [](std::string_view ids, int total) {
    std::string rows;
    for (const char id : ids)
      rows += std::string(rows.empty() ? "" : ",") + "{\"id\":\"" + id + "\"}";
    return json_answer(
        200, "{\"results\":[" + rows + "],\"meta\":{\"total\":" + std::to_string(total) + "}}");
  };
  answers["/tags?limit=2&page=1"] = page("ab", 5);
  const model::Page first = read({.name = "tags"});
  // "a" is deleted: everything moves up by one, and "c" now stands on the first page.
  answers["/tags?limit=2&page=1"] = page("bc", 4);
  answers["/tags?limit=2&page=2"] = page("de", 4);

  std::string seen = "ab";
  for (auto at = first.next; at;) {
    const model::Page next = read({.name = "tags"}, at);
    for (const model::Record& record : next.records) seen += record.key.id;
    at = next.next;
  }

  EXPECT_EQ(seen, "abdebcde") << "the page before is read again; twice is harmless, never is not";
}

TEST_F(Source, ATokenThatExpiresWhileProbingStopsTheProbe) {
  answers["/files"] = refused(401, "expired_token");

  EXPECT_EQ(source->facts({}).error().code, "expired_token");
  EXPECT_EQ(source->listings({}).error().fault, Fault::setup);
}

TEST_F(Source, AsksForNothingBehindTheScenes) {
  answers["/schema/objects"] = json_answer(200, R"({"results":[{"name":"contacts"}]})");
  ASSERT_TRUE(source->facts({}) && source->describe({}));
  const auto listings = source->listings({});
  for (const model::Listing& listing : *listings) read(listing);

  for (const http::Request& request : transport.requests()) {
    EXPECT_EQ(request.method, http::Method::get) << "a source is only read";
    EXPECT_EQ(request.url.text().find("__sim"), std::string::npos);
  }
}

TEST_F(Source, AnswersCutInTheMiddleMayBeAskedForAgain) {
  answers["/tags"] = json_answer(200, R"({"results":[{"id":"1")");

  EXPECT_EQ(source->read({.name = "tags"}, {}, {}).error().fault, Fault::transient);
}

TEST_F(Source, APageThatIsNoJsonIsAMatterOfSetup) {
  answers["/tags"] = {
      .status = 200, .headers = {{"Content-Type", "text/html"}}, .body = "<html>sign in</html>"};

  EXPECT_EQ(source->read({.name = "tags"}, {}, {}).error().fault, Fault::setup);
}

TEST_F(Source, SaysPerEndpointWhatCanBeReached) {
  answers["/account"] = json_answer(
      200, R"({"id":"4711","name":"Firm","timezone":"America/New_York","currency":"USD",)"
           R"("locale":"en-US","edition":"practice"})");
  answers["/schema/objects"] = json_answer(200, R"({"results":[{"name":"contacts"}]})");
  answers["/files"] = refused(403, "missing_scope", R"(,"required_scopes":["files.read"])");
  answers["/hotdocs/templates"] = refused(404, "endpoint_not_available");
  answers["/clause-library"] = refused(403, "module_not_enabled", R"(,"module":"clause_library")");

  const auto facts = source->facts({});

  ASSERT_TRUE(facts) << facts.error().text();
  EXPECT_EQ(facts->time_zone, "America/New_York");
  std::map<std::string, model::Reach> by_name;
  for (const model::Reach& reach : facts->reach) by_name[reach.endpoint] = reach;
  EXPECT_EQ(by_name.at("contacts").verdict, model::Reach::Verdict::ok);
  EXPECT_EQ(by_name.at("files").verdict, model::Reach::Verdict::forbidden);
  EXPECT_EQ(by_name.at("files").detail, "missing scope files.read");
  EXPECT_EQ(by_name.at("hotdocs_templates").verdict, model::Reach::Verdict::absent);
  EXPECT_EQ(by_name.at("clause_library").detail, "module clause_library off");
}

TEST_F(Source, ListsWhatItCanReadAndInsistsOnWhatItNeeds) {
  answers["/schema/objects"] = json_answer(
      200, R"({"results":[{"name":"contacts"},{"name":"matters"},{"name":"companies"}]})");
  answers["/schema/associations"] = json_answer(
      200,
      R"({"results":[{"from":"companies","to":"contacts"},{"from":"matters","to":"contacts"}]})");
  answers["/objects/matters"] = refused(403, "module_not_enabled", R"(,"module":"matters")");
  answers["/objects/contacts?properties=*&limit=1"] = refused(403, "missing_scope");
  answers["/tags"] = refused(403, "missing_scope");

  const auto listings = source->listings({});

  ASSERT_TRUE(listings) << listings.error().text();
  std::vector<std::string> names;
  for (const model::Listing& one : *listings) names.push_back(one.name + (one.archived ? "†" : ""));
  const auto has = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  EXPECT_TRUE(has("contacts")) << "reading it will say what is missing";
  EXPECT_TRUE(has("contacts†") && has("files†"));
  EXPECT_TRUE(has("contacts→companies"));
  EXPECT_FALSE(has("matters") || has("matters→contacts") || has("tags") || has("me"));
  EXPECT_LT(std::find(names.begin(), names.end(), "companies"),
            std::find(names.begin(), names.end(), "contacts"));
}

TEST_F(Source, DiscoveryThatALimitInterruptsDoesNotStartAgain) {
  answers["/schema/objects"] = json_answer(200, R"({"results":[{"name":"contacts"}]})");
  answers["/schema/associations"] = refused(429, "rate_limited");
  EXPECT_EQ(source->describe({}).error().fault, Fault::limit);

  answers.erase("/schema/associations");
  EXPECT_TRUE(source->describe({}));

  EXPECT_EQ(asked("/schema/objects"), 1);
  EXPECT_EQ(asked("/schema/objects/contacts/properties"), 2) << "active and archived ones, once";
}

TEST_F(Source, FollowsAFileToItsHostWithoutTheToken) {
  answers["/files/880/content"] = {
      .status = 302, .headers = {{"Location", "/_cdn/k?exp=1&sig=s"}}, .body = ""};
  std::string bytes;
  const model::ByteSink sink = [&](std::string_view piece) -> Result<void> {
    bytes += piece;
    return {};
  };

  const auto done = source->download("880", 5, sink, {});

  ASSERT_TRUE(done) << done.error().text();
  const auto requests = transport.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_TRUE(requests[0].headers.contains("Authorization"));
  EXPECT_EQ(requests[1].url.text(), "https://crm.test/_cdn/k?exp=1&sig=s");
  EXPECT_FALSE(requests[1].headers.contains("Authorization"));
  EXPECT_EQ(requests[1].headers.find("Range"), "bytes=5-");
}

TEST_F(Source, AFileIsNotFetchedOverAnOpenLine) {
  answers["/files/880/content"] = {
      .status = 302, .headers = {{"Location", "http://cdn.test/k"}}, .body = ""};

  const auto done = source->download("880", 0, [](std::string_view) { return Result<void>(); }, {});

  EXPECT_EQ(done.error().fault, Fault::setup);
  EXPECT_EQ(transport.requests().size(), 1U);
}

TEST_F(Source, ADownloadGoesOnWhereItWasCutWhateverTheServerSends) {
  std::string bytes;
  const model::ByteSink sink = [&](std::string_view piece) -> Result<void> {
    bytes += piece;
    return {};
  };

  answers["/files/1/content"] = {.status = 200, .body = "0123456789"};
  ASSERT_TRUE(source->download("1", 4, sink, {}));
  answers["/files/1/content"] = {.status = 206, .body = "456789"};
  ASSERT_TRUE(source->download("1", 4, sink, {}));

  EXPECT_EQ(bytes, "456789456789");
}

TEST_F(Source, SaysWhyAFileHasNoBytes) {
  answers["/files/1/content"] = refused(403, "file_quarantined");
  answers["/files/2/content"] = refused(410, "file_gone");
  const model::ByteSink sink = [](std::string_view) { return Result<void>(); };

  const auto quarantined = source->download("1", 0, sink, {});
  const auto gone = source->download("2", 0, sink, {});

  EXPECT_EQ(quarantined.error().fault, Fault::permanent);
  EXPECT_EQ(quarantined.error().code, "file_quarantined");
  EXPECT_EQ(gone.error().code, "file_gone");
}

}  // namespace
}  // namespace flit::sources::rest
