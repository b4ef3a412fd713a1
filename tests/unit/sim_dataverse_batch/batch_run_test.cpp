#include "sim/dataverse/batch/batch_run.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/dataverse/batch/references.hpp"
#include "tests/support/golden.hpp"

namespace flit::sim::dataverse::batch {
namespace {

/// Answers POST with an entity, refuses what says "bad", and writes down what it saw.
class RecordingHost : public BatchHost {
 public:
  PartResponse execute(const Call& call) override {
    log.push_back(std::string(call.operation.method) + " " + call.target + " " +
                  std::string(call.body));
    if (call.body.find("bad") != std::string_view::npos)
      return {.status = 400,
              .headers = {{"Content-Type", "application/json; odata.metadata=minimal"},
                          {"OData-Version", "4.0"}},
              .body = R"({"error":{"code":"0x80044331","message":"too long"}})"};
    if (call.operation.method == "GET")
      return {.headers = {{"Content-Type", "application/json"}}, .body = R"({"value":[]})"};
    const std::string entity =
        "https://org/api/data/v9.2/" + call.target + "(" + std::to_string(++created) + ")";
    return {
        .status = 204,
        .headers = {{"OData-Version", "4.0"}, {"Location", entity}, {"OData-EntityId", entity}}};
  }
  void begin() override { log.push_back("begin"); }
  void commit() override { log.push_back("commit"); }
  void rollback() override { log.push_back("rollback"); }

  std::vector<std::string> log;
  int created = 0;
};

BatchSettings settings(OnError on_error) {
  auto next = std::make_shared<int>(0);
  return {.on_error = on_error, .new_id = [next] { return "id" + std::to_string(++*next); }};
}

std::string operation(const std::string& boundary, const std::string& id,
                      const std::string& request, const std::string& body) {
  return "--" + boundary + "\r\nContent-Type: application/http\r\n" +
         (id.empty() ? "" : "Content-ID: " + id + "\r\n") + "\r\n" + request +
         " HTTP/1.1\r\nContent-Type: application/json\r\n\r\n" + body + "\r\n";
}

std::string change_set(const std::string& operations) {
  return "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" + operations + "--c--\r\n";
}

BatchResponse run(const std::string& parts, RecordingHost& host, const BatchSettings& how) {
  const std::string body = parts + "--b--\r\n";
  const auto request = parse_batch("multipart/mixed; boundary=b", body);
  EXPECT_TRUE(request) << request.error().text();
  return run_batch(*request, how, host);
}

TEST(BatchRun, TheAnswerHasThePlatformsForm) {
  RecordingHost host;

  const auto answer =
      run(change_set(operation("c", "1", "POST /api/data/v9.2/accounts", "{}") +
                     operation("c", "2", "POST tasks", R"({"a@odata.bind":"$1"})")) +
              operation("b", "", "GET accounts?$top=1", "") + operation("b", "", "POST x", "bad"),
          host, settings(OnError::go_on));

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "multipart/mixed; boundary=batchresponse_id1");
  test::expect_golden("sim_dataverse/batch_response.txt", answer.body);
}

TEST(BatchRun, TheFirstFailureEndsTheBatchWithItsStatus) {
  RecordingHost host;

  const auto answer = run(operation("b", "", "POST a", "{}") + operation("b", "", "POST a", "bad") +
                              operation("b", "", "POST a", "{}"),
                          host, settings(OnError::stop));

  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(host.log, (std::vector<std::string>{"POST a {}", "POST a bad"}));
  EXPECT_NE(answer.body.find("HTTP/1.1 204 No Content"), std::string::npos);
  EXPECT_NE(answer.body.find("too long"), std::string::npos);
}

TEST(BatchRun, AFailedChangeSetIsRolledBackAndAnswersOnce) {
  RecordingHost host;

  const auto answer =
      run(change_set(operation("c", "1", "POST a", "{}") + operation("c", "2", "POST a", "bad") +
                     operation("c", "3", "POST a", "{}")) +
              operation("b", "", "GET a", ""),
          host, settings(OnError::go_on));

  EXPECT_EQ(host.log,
            (std::vector<std::string>{"begin", "POST a {}", "POST a bad", "rollback", "GET a "}));
  EXPECT_EQ(answer.body.find("changesetresponse"), std::string::npos);
  EXPECT_NE(answer.body.find("Content-ID: 2\r\n\r\nHTTP/1.1 400 Bad Request"), std::string::npos);
  EXPECT_EQ(answer.body.find("Content-ID: 1"), std::string::npos);
}

TEST(BatchRun, AFailedChangeSetMayAnswerNested) {
  RecordingHost host;
  auto how = settings(OnError::go_on);
  how.failed_change_set = FailedChangeSet::nested_part;

  const auto answer = run(change_set(operation("c", "3", "POST a", "bad")), host, how);

  EXPECT_NE(answer.body.find("boundary=changesetresponse_id2"), std::string::npos);
}

TEST(BatchRun, ReferencesReachUrlsAndBindings) {
  RecordingHost host;

  run(change_set(operation("c", "0", "POST accounts", "{}") +
                 operation("c", "1", "POST contacts", R"x({"x@odata.bind" : "$0","y":"$0"})x") +
                 operation("c", "2", "PUT $0/primarycontactid/$ref",
                           R"x({"@odata.id":"$1","to@odata.bind":[ "$0", "$1","/x(1)"]})x") +
                 operation("c", "3", "PATCH /$0", "{}")),
      host, settings(OnError::stop));

  EXPECT_EQ(
      host.log,
      (std::vector<std::string>{
          "begin", "POST accounts {}",
          R"x(POST contacts {"x@odata.bind" : "/accounts(1)","y":"$0"})x",
          R"x(PUT accounts(1)/primarycontactid/$ref {"@odata.id":"/contacts(2)","to@odata.bind":[ "/accounts(1)", "/contacts(2)","/x(1)"]})x",
          "PATCH accounts(1) {}", "commit"}));
}

TEST(BatchRun, AReferenceBeforeItsDefinitionIsRefused) {
  RecordingHost host;

  const auto answer = run(change_set(operation("c", "2", "POST tasks", R"({"a@odata.bind":"$1"})") +
                                     operation("c", "1", "POST accounts", "{}")),
                          host, settings(OnError::stop));

  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find("Content-ID Reference: '$1' does not exist in the batch context."),
            std::string::npos);
  EXPECT_EQ(host.log, (std::vector<std::string>{"begin", "rollback"}));
}

TEST(BatchRun, ContentIdMayBeDemanded) {
  RecordingHost host;
  auto how = settings(OnError::stop);
  how.content_id_required = true;

  const auto change = run(change_set(operation("c", "", "POST tasks", "{}")), host, how);
  const auto bare = run(operation("b", "", "POST tasks", "{}"), host, how);

  EXPECT_EQ(change.status, 400);
  EXPECT_NE(change.body.find("0x80060888"), std::string::npos);
  EXPECT_EQ(bare.status, 200);
}

TEST(BatchRun, AForeignUrlIsNotFound) {
  RecordingHost host;

  EXPECT_EQ(
      run(operation("b", "", "POST /elsewhere/x", "{}"), host, settings(OnError::stop)).status,
      404);
  EXPECT_TRUE(host.log.empty());
}

TEST(References, PlatformSegmentsAndBrokenBodiesAreLeftAlone) {
  References references;
  references.define("a1", "accounts(1)");

  EXPECT_EQ(*references.resolve_target("$metadata"), "$metadata");
  EXPECT_EQ(*references.resolve_target("$a1/name"), "accounts(1)/name");
  for (const std::string body :
       {R"({"x@odata.bind":)", R"({"x@odata.bind")", R"({"x@odata.bind":"$)", "@odata.id\"",
        R"({"x@odata.bind":[)", R"({"text":"a@odata.bind is no name"})",
        R"({"x@odata.bind":null})"})
    EXPECT_FALSE(references.resolve_body(body)->has_value()) << body;
}

}  // namespace
}  // namespace flit::sim::dataverse::batch
