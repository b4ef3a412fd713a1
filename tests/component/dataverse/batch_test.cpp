// $batch end to end: the dialects of real clients, change sets, references, refusals (fact sheet
// §7).

#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

std::string crlf(std::initializer_list<std::string> lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\r\n";
  return text;
}

/// How a client writes the same change set: an account, and a task that regards it.
struct Dialect {
  std::string name;
  std::string type = "multipart/mixed; boundary=b";
  std::string preamble{};
  std::string change_set = "multipart/mixed; boundary=c";
  std::string root = "/api/data/v9.2/";
  std::string first_id = "1";
  bool id_among_inner_headers = false;
  bool line_feeds_only = false;
};

std::string part(const Dialect& dialect, const std::string& id, const std::string& line,
                 const std::string& body) {
  const std::string id_line = "Content-ID: " + id + "\r\n";
  return "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n" +
         (dialect.id_among_inner_headers ? "" : id_line) + "\r\n" + line + " HTTP/1.1\r\n" +
         (dialect.id_among_inner_headers ? id_line : "") +
         "Content-Type: application/json; type=entry\r\n\r\n" + body + "\r\n";
}

std::string write(const Dialect& dialect) {
  std::string text =
      dialect.preamble + "--b\r\nContent-Type: " + dialect.change_set + "\r\n\r\n" +
      part(dialect, dialect.first_id, "POST " + dialect.root + "accounts", R"({"name":"Müller"})") +
      part(dialect, "77", "POST " + dialect.root + "tasks",
           R"({"subject":"t","regardingobjectid_account_task@odata.bind":"$)" + dialect.first_id +
               "\"}") +
      part(dialect, "78", "PATCH $" + dialect.first_id, R"({"telephone1":"1"})") +
      "--c--\r\n--b\r\nContent-Type: application/http\r\n"
      "Content-Transfer-Encoding: binary\r\n\r\nGET " +
      dialect.root +
      "accounts?$select=name,telephone1&$filter=name eq 'Müller' HTTP/1.1\r\n"
      "Accept: application/json\r\n\r\n--b--\r\n";
  if (dialect.line_feeds_only) std::erase(text, '\r');
  return text;
}

class BatchDialect : public ::testing::TestWithParam<Dialect> {};

TEST_P(BatchDialect, IsUnderstood) {
  Simulated sim;

  Answered answer =
      sim.send("POST", "$batch", write(GetParam()), {{"Content-Type", GetParam().type}});

  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_NE(answer.body.find(R"("name":"Müller","telephone1":"1")"), std::string::npos)
      << answer.body;
  EXPECT_EQ(
      sim.send("GET", "tasks?$filter=_regardingobjectid_value ne null").json()["value"].size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Clients, BatchDialect,
    testing::Values(Dialect{.name = "AsDocumented"},
                    Dialect{.name = "QuotedBoundaries",
                            .type = "multipart/mixed; boundary=\"b\"",
                            .change_set = "multipart/mixed;boundary=\"c\""},
                    Dialect{.name = "Preamble",
                            .preamble = "This is text before the first boundary.\r\n\r\n"},
                    Dialect{.name = "AbsoluteUrls", .root = "http://sim.example/api/data/v9.2/"},
                    Dialect{.name = "RelativeUrls", .root = ""},
                    Dialect{.name = "IdsFromZero", .first_id = "0"},
                    Dialect{.name = "IdsAmongInnerHeaders", .id_among_inner_headers = true},
                    Dialect{.name = "LineFeeds", .line_feeds_only = true}),
    [](const auto& dialect) { return dialect.param.name; });

const Headers multipart{{"Content-Type", "multipart/mixed; boundary=b"}};

std::string bare(const std::string& line, const std::string& body = "") {
  return crlf({"--b", "Content-Type: application/http", "Content-Transfer-Encoding: binary", "",
               line + " HTTP/1.1", "Content-Type: application/json", "", body});
}

TEST(Batch, ReferencesWorkInUrlsAndInOdataId) {
  Simulated sim;
  const Dialect plain{};
  const std::string body =
      "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" +
      part(plain, "1", "POST accounts", R"({"name":"A"})") +
      part(plain, "2", "POST contacts", R"({"lastname":"C"})") +
      part(plain, "3", "PUT $1/primarycontactid/$ref", R"({"@odata.id":"$2"})") +
      "--c--\r\n--b--\r\n";

  Answered answer = sim.send("POST", "$batch", body, multipart);

  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(
      sim.send("GET", "accounts?$filter=_primarycontactid_value ne null").json()["value"].size(),
      1U);
}

TEST(Batch, AReferenceThatIsNotDefinedFailsTheChangeSet) {
  Simulated sim;
  const std::string body =
      "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" +
      part(Dialect{}, "1", "POST tasks",
           R"({"subject":"t","regardingobjectid_account_task@odata.bind":"$9"})") +
      "--c--\r\n--b--\r\n";

  Answered answer = sim.send("POST", "$batch", body, multipart);

  EXPECT_NE(answer.body.find("Content-ID Reference: '$9' does not exist in the batch context."),
            std::string::npos)
      << answer.body;
  EXPECT_EQ(sim.send("GET", "tasks").json()["value"].size(), 0U);
}

TEST(Batch, TheFirstFailureStopsItUnlessAskedToGoOn) {
  Simulated sim;
  const std::string body = bare("POST accounts", R"({"name":"A"})") +
                           bare("POST accounts", R"({"nope":1})") +
                           bare("POST accounts", R"({"name":"B"})") + "--b--\r\n";
  const auto names = [&] { return sim.send("GET", "accounts").json()["value"].size(); };

  Answered stopped = sim.send("POST", "$batch", body, multipart);
  EXPECT_EQ(stopped.status, 400);
  EXPECT_EQ(names(), 1U);
  Headers go_on = multipart;
  go_on.add("Prefer", "odata.continue-on-error");
  EXPECT_EQ(sim.send("POST", "$batch", body, go_on).status, 200);
  EXPECT_EQ(names(), 3U);
}

TEST(Batch, JsonAndNestedBatchesAreRefusedAsAWhole) {
  Simulated sim;
  const std::string json = R"({"requests":[{"id":"1","method":"GET","url":"accounts"}]})";

  Answered refused = sim.send("POST", "$batch", json, {{"Content-Type", "application/json"}});
  Answered nested = sim.send("POST", "$batch", bare("POST $batch", "") + "--b--\r\n", multipart);

  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.code(), "0x80060888");
  EXPECT_NE(nested.status, 200) << nested.body;
}

TEST(Batch, ALongUrlGoesInsideABatchOnly) {
  Simulated sim;
  const std::string url = "accounts?$filter=name eq '" + std::string(40'000, 'x') + "'";

  EXPECT_EQ(
      sim.send("GET", "accounts?$filter=name%20eq%20'" + std::string(40'000, 'x') + "'").status,
      414);
  EXPECT_EQ(sim.send("POST", "$batch", bare("GET " + url) + "--b--\r\n", multipart).status, 200);
}

TEST(Batch, PartsCarryTheirOwnHeaders) {
  Simulated sim;
  const std::string id = sim.create("accounts", R"({"name":"A"})");
  const std::string body =
      crlf({"--b", "Content-Type: application/http", "", "PATCH accounts(" + id + ") HTTP/1.1",
            "Content-Type: application/json", "If-Match: W/\"1\"", "", R"({"name":"B"})", "--b--"});

  Answered answer = sim.send("POST", "$batch", body, multipart);

  EXPECT_EQ(answer.status, 412);
  EXPECT_NE(answer.body.find("0x80060882"), std::string::npos);
}

}  // namespace
}  // namespace flit::sim::dataverse
