#include "http/multipart.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/check.hpp"
#include "http/embedded.hpp"
#include "http/media_type.hpp"

namespace flit::http {
namespace {

std::string error_of(const std::string& content_type, const std::string& body) {
  const auto parts = parse_multipart(content_type, body);
  EXPECT_FALSE(parts) << body;
  return parts ? "" : parts.error().message;
}

std::vector<Part> parts_of(const std::string& body, const std::string& boundary = "b") {
  auto parts = parse_multipart("multipart/mixed; boundary=" + boundary, body);
  EXPECT_TRUE(parts) << (parts ? "" : parts.error().text()) << "\n" << body;
  return parts ? std::move(*parts) : std::vector<Part>();
}

TEST(MultipartWriter, WritesWhatRfc2046Asks) {
  MultipartWriter writer("batch_1");

  ASSERT_TRUE(writer.part({{"Content-ID", "1"}}, "one"));
  ASSERT_TRUE(writer.part({}, ""));

  EXPECT_EQ(writer.content_type(), "multipart/mixed; boundary=\"batch_1\"");
  EXPECT_EQ(writer.finish(),
            "--batch_1\r\nContent-ID: 1\r\n\r\none\r\n--batch_1\r\n\r\n\r\n--batch_1--\r\n");
}

TEST(MultipartWriter, WritesForms) {
  MultipartWriter writer("f");

  ASSERT_TRUE(writer.form_field("na\"me", "value"));
  ASSERT_TRUE(writer.form_file(
      {.field = "file", .name = "a\r\nb.pdf", .media_type = "application/pdf"}, "%PDF"));

  EXPECT_EQ(writer.content_type("form-data"), "multipart/form-data; boundary=\"f\"");
  EXPECT_EQ(writer.finish(),
            "--f\r\nContent-Disposition: form-data; name=\"na%22me\"\r\n\r\nvalue\r\n"
            "--f\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%0D%0Ab.pdf\"\r\n"
            "Content-Type: application/pdf\r\n\r\n%PDF\r\n--f--\r\n");
}

TEST(MultipartWriter, RefusesContentThatHoldsTheBoundary) {
  MultipartWriter writer("b");

  EXPECT_FALSE(writer.part({}, "text\r\n--b--\r\n"));
  EXPECT_FALSE(writer.part({}, "--b"));
  EXPECT_FALSE(writer.part({{"X", "1\r\n\r\n--b"}}, ""));
  EXPECT_TRUE(writer.part({}, "in the middle --b of a line"));
  EXPECT_THROW(MultipartWriter("not a boundary!"), Bug);
}

/// The shape of facts/dataverse.md, section 7: a change set of two and a failed single request.
const std::string batch_answer =
    "--batchresponse_1\r\n"
    "Content-Type: multipart/mixed; boundary=changesetresponse_1\r\n"
    "\r\n"
    "--changesetresponse_1\r\n"
    "Content-Type: application/http\r\n"
    "Content-Transfer-Encoding: binary\r\n"
    "Content-ID: 1\r\n"
    "\r\n"
    "HTTP/1.1 204 No Content\r\n"
    "OData-EntityId: https://org/api/data/v9.2/accounts(1)\r\n"
    "\r\n"
    "\r\n"
    "--changesetresponse_1\r\n"
    "Content-Type: application/http\r\n"
    "Content-ID: 2\r\n"
    "\r\n"
    "HTTP/1.1 201 Created\r\n"
    "\r\n"
    "{\"id\": 2}\r\n"
    "--changesetresponse_1--\r\n"
    "--batchresponse_1\r\n"
    "Content-Type: application/http\r\n"
    "\r\n"
    "HTTP/1.1 400 Bad Request\r\n"
    "Content-Type: application/json; odata.metadata=minimal\r\n"
    "\r\n"
    "{\"error\":{\"code\":\"0x80040237\"}}\r\n"
    "--batchresponse_1--\r\n";

TEST(MultipartReader, TakesABatchAnswerApart) {
  const auto parts = parts_of(batch_answer, "batchresponse_1");

  ASSERT_EQ(parts.size(), 2U);
  ASSERT_EQ(parts[0].parts.size(), 2U);
  EXPECT_EQ(parts[0].parts[0].content_id(), "1");
  EXPECT_EQ(parse_embedded_response(parts[0].parts[0].body)->status, 204);
  EXPECT_EQ(parse_embedded_response(parts[0].parts[1].body)->body, "{\"id\": 2}");
  const auto failed = parse_embedded_response(parts[1].body);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->status, 400);
  EXPECT_EQ(failed->headers.media_type(), "application/json");
  EXPECT_EQ(failed->body, "{\"error\":{\"code\":\"0x80040237\"}}");
}

TEST(MultipartReader, GivesTheSamePartsHoweverTheBytesCome) {
  for (std::size_t step = 1; step <= batch_answer.size(); ++step) {
    MultipartReader reader("batchresponse_1");
    std::vector<Part> parts;
    for (std::size_t at = 0; at < batch_answer.size(); at += step) {
      ASSERT_TRUE(reader.feed(std::string_view(batch_answer).substr(at, step)));
      while (auto part = reader.next()) parts.push_back(std::move(*part));
    }
    ASSERT_TRUE(reader.finish()) << "in steps of " << step;

    ASSERT_EQ(parts.size(), 2U) << "in steps of " << step;
    EXPECT_EQ(parts[0].parts.size(), 2U);
    EXPECT_EQ(parts[1].body, parts_of(batch_answer, "batchresponse_1")[1].body);
  }
}

TEST(MultipartReader, EveryCutIsNoticed) {
  const std::size_t whole = batch_answer.size() - 2;  // the last line break may be missing

  for (std::size_t length = 0; length < whole; ++length)
    EXPECT_FALSE(parse_multipart("multipart/mixed; boundary=batchresponse_1",
                                 batch_answer.substr(0, length)))
        << "cut after " << length << " bytes";
  EXPECT_EQ(parts_of(batch_answer.substr(0, whole), "batchresponse_1").size(), 2U);
}

TEST(MultipartReader, IsLenientWherePlatformsDiffer) {
  const auto lines = parts_of("--b\nX: 1\n\none\ntwo\n--b \t\n\nthree\n--b--\n");
  const auto around = parts_of("preamble\r\n--b\r\n\r\none\r\n--b--\r\nepilogue --b\r\n--b\r\n");

  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].body, "one\ntwo");
  EXPECT_EQ(lines[0].headers.find("x"), "1");
  EXPECT_EQ(lines[1].body, "three");
  ASSERT_EQ(around.size(), 1U);
  EXPECT_EQ(around[0].body, "one");
}

TEST(MultipartReader, KnowsItsBoundaryFromLongerOnes) {
  const auto parts = parts_of("--b\r\n\r\n--b2\r\n--b--x\r\n -- --b\r\n--b--\r\n");

  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].body, "--b2\r\n--b--x\r\n -- --b");
}

TEST(MultipartReader, KeepsBodiesByteForByte) {
  const std::string binary("\r\n\0\r\r\n--\n\r\n", 11);

  const auto parts = parts_of("--b\r\n\r\n" + binary + "\r\n--b\r\n\r\n\r\n--b--");

  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].body, binary);
  EXPECT_EQ(parts[1].body, "");
}

TEST(MultipartReader, SaysWhichPartIsBroken) {
  const std::string type = "multipart/mixed; boundary=b";

  EXPECT_EQ(error_of(type, "--b\r\n\r\none\r\n--b\r\nno header\r\n\r\ntwo\r\n--b--"),
            "multipart, part 2: one of its headers is none");
  EXPECT_EQ(error_of(type, "--b\r\nX: 1\r\n--b--"), "multipart, part 1: its headers do not end");
  EXPECT_EQ(error_of(type, "nothing of the kind"), "multipart, part 1: no part was found");
  EXPECT_EQ(error_of(type, "--b\r\n\r\none"),
            "multipart, part 1: the closing boundary is missing: the body was cut");
  EXPECT_NE(error_of("application/json", "{}").find("'application/json' is not multipart"),
            std::string::npos);
}

TEST(MultipartReader, KeepsToItsLimits) {
  const std::string type = "multipart/mixed; boundary=b";
  const std::string large = "--b\r\n\r\n" + std::string(100, 'x') + "\r\n--b--";
  const std::string many = "--b\r\n\r\n1\r\n--b\r\n\r\n2\r\n--b--";
  std::string deep = "--b\r\n\r\nx\r\n--b--\r\n";
  for (int i = 0; i < 3; ++i)
    deep = fmt::format("--b\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n{}\r\n--b--", i,
                       deep);

  EXPECT_FALSE(parse_multipart(type, large, {.max_part = 50}));
  EXPECT_TRUE(parse_multipart(type, large, {.max_part = 102}));
  EXPECT_FALSE(parse_multipart(type, many, {.max_parts = 1}));
  EXPECT_FALSE(parse_multipart(type, deep));
}

TEST(MultipartReader, APartWithoutEndIsRefusedWhileItComes) {
  MultipartReader reader("b", {.max_part = 1000});
  ASSERT_TRUE(reader.feed("--b\r\n\r\n"));

  bool is_refused = false;
  for (int i = 0; i < 20 && !is_refused; ++i) is_refused = !reader.feed(std::string(100, 'x'));

  EXPECT_TRUE(is_refused);
}

TEST(ContentType, HasParameters) {
  EXPECT_EQ(boundary_of("multipart/mixed; boundary=\"a b;c\\\"d\"; charset=utf-8").value(),
            "a b;c\"d");
  EXPECT_EQ(boundary_of("Multipart/Mixed;charset=x;BOUNDARY= b ").value(), "b");
  EXPECT_FALSE(boundary_of("multipart/mixed; boundary=\"open"));
  EXPECT_FALSE(boundary_of("multipart/mixed; boundary="));
  EXPECT_FALSE(boundary_of("text/plain; boundary=b"));
  EXPECT_EQ(parameter_of("attachment; filename=\"a.pdf\"; size=3", "size"), "3");
  EXPECT_EQ(parameter_of("attachment; inline", "inline"), "");
}

TEST(EmbeddedHttp, WritesRequests) {
  const auto text = write_embedded({.method = Method::post,
                                    .target = "$1/contacts",
                                    .headers = {{"Content-Type", "application/json; type=entry"}},
                                    .body = "{}"});

  EXPECT_EQ(text.value(),
            "POST $1/contacts HTTP/1.1\r\nContent-Type: application/json; type=entry\r\n\r\n{}");
  EXPECT_FALSE(write_embedded({.target = "/a b"}));
  EXPECT_FALSE(write_embedded({.target = "/", .headers = {{"X", "1\r\nY: 2"}}}));
}

TEST(EmbeddedHttp, ReadsAnswers) {
  const auto empty = parse_embedded_response("HTTP/1.1 204 No Content\r\nX: 1\r\n\r\n\r\n");
  const auto measured = parse_embedded_response("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}\r\n\r\n");
  const auto bare = parse_embedded_response("HTTP/1.1 429 Too Many Requests");

  EXPECT_EQ(empty->body, "");
  EXPECT_EQ(measured->body, "{}");
  EXPECT_EQ(bare->status, 429);
}

TEST(EmbeddedHttp, RefusesWhatIsNoAnswer) {
  for (const std::string_view text :
       {"", "hello", "HTTP/1.1", "HTTP/1.1 2x0 OK", "HTTP/1.1 99 Low",
        "HTTP/1.1 200 OK\r\nno colon\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"})
    EXPECT_FALSE(parse_embedded_response(text)) << text;
}

}  // namespace
}  // namespace flit::http
