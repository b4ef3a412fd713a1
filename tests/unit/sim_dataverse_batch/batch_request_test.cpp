#include "sim/dataverse/batch/batch_request.hpp"

#include <string>

#include <gtest/gtest.h>

namespace flit::sim::dataverse::batch {
namespace {

/// Lines joined by CRLF.
std::string lines(std::initializer_list<std::string> all) {
  std::string text;
  for (const std::string& line : all) text += line + "\r\n";
  return text;
}

std::string with_lf(std::string text) {
  std::erase(text, '\r');
  return text;
}

const std::string classic =
    lines({"--batch_b1",
           "Content-Type: multipart/mixed; boundary=\"changeset_c1\"",
           "",
           "--changeset_c1",
           "Content-Type: application/http",
           "Content-Transfer-Encoding: binary",
           "Content-ID: 1",
           "",
           "POST /api/data/v9.2/accounts HTTP/1.1",
           "Content-Type: application/json; type=entry",
           "",
           R"({"name":"A"})",
           "--changeset_c1",
           "Content-Type: application/http",
           "Content-Transfer-Encoding: binary",
           "",
           "PATCH $1/primarycontactid HTTP/1.1",
           "content-id:0",
           "Content-Type: application/json",
           "",
           R"({"subject":"--changeset_c1 is not at the start of a line"})",
           "--changeset_c1--",
           "--batch_b1",
           "Content-Type: application/http",
           "Content-Transfer-Encoding: binary",
           "",
           "GET /api/data/v9.2/accounts?$filter=name eq 'Müller & Söhne' HTTP/1.1",
           "Accept: application/json",
           "",
           "--batch_b1--"});

void expect_classic(const Result<BatchRequest>& batch) {
  ASSERT_TRUE(batch) << batch.error().text();
  ASSERT_EQ(batch->parts.size(), 2U);
  ASSERT_EQ(batch->parts[0].operations.size(), 2U);
  const Operation& create = batch->parts[0].operations[0];
  EXPECT_TRUE(batch->parts[0].is_change_set);
  EXPECT_EQ(create.method, "POST");
  EXPECT_EQ(create.target, "/api/data/v9.2/accounts");
  EXPECT_EQ(create.body, R"({"name":"A"})");
  EXPECT_EQ(create.content_id, "1");
  EXPECT_EQ(create.header("CONTENT-TYPE"), "application/json; type=entry");
  EXPECT_EQ(batch->parts[0].operations[1].content_id, "0");
  EXPECT_EQ(batch->parts[0].operations[1].target, "$1/primarycontactid");
  const Operation& get = batch->parts[1].operations[0];
  EXPECT_FALSE(batch->parts[1].is_change_set);
  EXPECT_EQ(get.target, "/api/data/v9.2/accounts?$filter=name eq 'Müller & Söhne'");
  EXPECT_EQ(get.body, "");
  EXPECT_FALSE(get.content_id);
}

TEST(BatchRequest, ReadsTheFormOfTheDocumentation) {
  expect_classic(parse_batch("multipart/mixed; boundary=\"batch_b1\"", classic));
}

TEST(BatchRequest, ReadsLineFeedsAlone) {
  expect_classic(parse_batch("multipart/mixed;boundary=batch_b1", with_lf(classic)));
}

TEST(BatchRequest, ReadsTextBeforeAndBehind) {
  expect_classic(parse_batch("Multipart/Mixed; charset=utf-8; Boundary=batch_b1",
                             "This is --batch_b1 no boundary.\r\n--batch_b12\r\n" + classic +
                                 "\r\nepilogue --batch_b1\r\n"));
}

TEST(BatchRequest, ReadsOperationsWithoutEmptyLastLine) {
  const std::string body =
      lines({"--b", "Content-Type: application/http", "", "", "GET accounts HTTP/1.1",
             "Accept: application/json", "--b  ", "Content-Type: application/http", "",
             "DELETE https://h.crm4.dynamics.com/api/data/v9.2/accounts(1) HTTP/1.1", "--b--"});

  const auto batch = parse_batch("multipart/mixed;boundary=b", body);

  ASSERT_TRUE(batch) << batch.error().text();
  EXPECT_EQ(batch->parts[0].operations[0].header("accept"), "application/json");
  EXPECT_EQ(batch->parts[1].operations[0].method, "DELETE");
}

struct Refusal {
  std::string type;
  std::string body;
  std::string start_of_message;
};

class BadBatch : public testing::TestWithParam<Refusal> {};

TEST_P(BadBatch, IsRefusedAsAWhole) {
  const auto batch = parse_batch(GetParam().type, GetParam().body);

  ASSERT_FALSE(batch);
  EXPECT_EQ(batch.error().code, "0x80060888");
  EXPECT_EQ(batch.error().message.substr(0, GetParam().start_of_message.size()),
            GetParam().start_of_message);
}

std::string in_part(const std::string& head, const std::string& rest) {
  return "--b\r\nContent-Type: " + head + "\r\n\r\n" + rest + "\r\n--b--\r\n";
}

std::string in_change(const std::string& head, const std::string& rest) {
  return in_part("multipart/mixed;boundary=c",
                 "--c\r\nContent-Type: " + head + "\r\n\r\n" + rest + "\r\n--c--");
}

const std::string type = "multipart/mixed;boundary=b";

INSTANTIATE_TEST_SUITE_P(
    Table, BadBatch,
    testing::Values(
        Refusal{
            "application/json", R"({"requests":[]})",
            "A supported MIME type could not be found that matches the content type of the "
            "response. None of the supported type(s) 'multipart/mixed' matches the content type "
            "'application/json'."},
        Refusal{"multipart/mixed", "--b--", "A supported MIME type"},
        Refusal{"", "", "A supported MIME type"},
        Refusal{type, "", "Stream was read to its end before the closing boundary '--b--'"},
        Refusal{type, "--b\r\nContent-Type: application/http\r\n\r\nGET a HTTP/1.1\r\n",
                "Stream was read to its end"},
        Refusal{type, in_part("text/plain", "GET a HTTP/1.1"), "A supported MIME type"},
        Refusal{type, in_part("application/http", "GET accounts"),
                "The request line 'GET accounts'"},
        Refusal{type, in_part("application/http", "GET a HTTP/1.1\r\nno colon"),
                "The message header 'no colon' is invalid."},
        Refusal{type,
                in_part("application/http", "GET a?x=" + std::string(70'000, 'x') + " HTTP/1.1"),
                "The URL of an operation in a batch is limited to 65536 characters."},
        Refusal{type, in_change("application/http", "GET a HTTP/1.1"),
                "An invalid HTTP method 'GET' was detected for a request in a change set."},
        Refusal{type, in_change("multipart/mixed;boundary=d", "--d--"),
                "Nested change sets in a batch payload are not supported."},
        Refusal{type, in_change("text/plain", "POST a HTTP/1.1"), "A supported MIME type"}));

TEST(BatchRequest, AChangeSetWithoutAnyTextIsRefused) {
  const auto batch = parse_batch(
      type, std::string_view("--b\r\nContent-Type: multipart/mixed;boundary=c\r\n--b--"));

  EXPECT_EQ(batch.error().code, "0x80060888");
}

TEST(BatchRequest, AThousandOperationsAreRead) {
  const auto many = [](int count) {
    std::string body;
    for (int i = 0; i < count; ++i)
      body += "--b\r\nContent-Type: application/http\r\n\r\nGET a HTTP/1.1\r\n\r\n";
    return body + "--b--\r\n";
  };

  EXPECT_TRUE(parse_batch(type, many(1000)));
  EXPECT_EQ(parse_batch(type, many(1001)).error().message,
            "The current batch message contains too many parts. Only batch messages with a maximum "
            "number of '1000' query operations and change sets are allowed.");
}

TEST(BatchRequest, TheServiceRootIsCutOff) {
  EXPECT_EQ(below_service_root("https://h/api/data/v9.2/accounts?$top=1"), "accounts?$top=1");
  EXPECT_EQ(below_service_root("/api/data/v9.0/accounts(1)"), "accounts(1)");
  EXPECT_EQ(below_service_root("accounts(1)/name"), "accounts(1)/name");
  EXPECT_EQ(below_service_root("$1/name"), "$1/name");
  EXPECT_EQ(below_service_root("/$1/name"), "$1/name");
  EXPECT_EQ(below_service_root("accounts?$filter=websiteurl eq 'http://x/api/data/v9/'"),
            "accounts?$filter=websiteurl eq 'http://x/api/data/v9/'");
  EXPECT_FALSE(below_service_root("/other/accounts"));
  EXPECT_FALSE(below_service_root("https://h"));
}

}  // namespace
}  // namespace flit::sim::dataverse::batch
