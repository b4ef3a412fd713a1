// A server that breaks its answer at every place: nothing of it may come out as success.

#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "http/client.hpp"
#include "tests/support/raw_server.hpp"

namespace flit::http {
namespace {

using namespace std::chrono_literals;
using test::always;
using test::answer;
using test::RawConnection;
using test::RawServer;

struct Case {
  std::string name;
  std::string bytes;  ///< written as the answer; then the connection ends
  std::string code;   ///< Failure expected of a GET
  Fault read_fault = Fault::transient;
  Fault write_fault = Fault::ambiguous;
};

void PrintTo(const Case& broken, std::ostream* out) {
  *out << broken.name;
}

std::string gzip_of_hello() {  // printf hello | gzip -n
  static constexpr unsigned char bytes[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                                            0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x86,
                                            0xa6, 0x10, 0x36, 0x05, 0x00, 0x00, 0x00};
  return {reinterpret_cast<const char*>(bytes), sizeof(bytes)};
}

std::string gzipped(const std::string& body) {
  return answer(200, body, {{"Content-Encoding", "gzip"}});
}

std::vector<Case> cases() {
  const std::string gzip = gzip_of_hello();
  std::string wrong_sum = gzip;
  wrong_sum[18] ^= 1;
  return {
      {"nothing", "", "disconnected"},
      {"cut in the status line", "HTTP/1.1 20", "disconnected"},
      {"cut in the headers", "HTTP/1.1 200 OK\r\nContent-Le", "disconnected"},
      {"cut before the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "truncated"},
      {"cut in the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", "truncated"},
      {"cut in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
       "truncated"},
      {"cut between chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
       "truncated"},
      {"a chunk size that is none",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n",
       "disconnected"},
      {"no end announced", "HTTP/1.1 200 OK\r\n\r\nhello", "unframed", Fault::permanent},
      {"no end announced, HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nhello", "unframed", Fault::permanent},
      {"a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
       "malformed"},
      {"a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "malformed"},
      {"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 3\r\n\r\nhello",
       "malformed"},
      {"no status line", "hello, this is not HTTP\r\n\r\n", "malformed"},
      {"another protocol", "SSH-2.0-OpenSSH_9.2\r\n", "malformed"},
      {"a header without a name", "HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 0\r\n\r\n",
       "malformed"},
      {"half a gzip stream", gzipped(gzip.substr(0, gzip.size() / 2)), "encoding"},
      {"gzip without its checksum", gzipped(gzip.substr(0, gzip.size() - 8)), "encoding"},
      {"gzip with a wrong checksum", gzipped(wrong_sum), "encoding"},
      {"gzip with something behind it", gzipped(gzip + "tail"), "encoding"},
      {"no gzip at all", gzipped("hello"), "encoding"},
      {"an encoding nobody asked for", answer(200, "hello", {{"Content-Encoding", "rot13"}}),
       "encoding"},
  };
}

class BrokenAnswer : public testing::TestWithParam<Case> {};

TEST_P(BrokenAnswer, IsAFaultForAReadAndDoubtForAWrite) {
  const Case& broken = GetParam();
  RawServer server([&](RawConnection& connection, int) {
    if (connection.read_request()) connection.write(broken.bytes);
  });
  Client client;

  const auto read = client.send({.url = server.url("/")}, {});
  const auto write = client.send({.method = Method::post, .url = server.url("/")}, {});

  ASSERT_FALSE(read) << broken.name << " came out as a success: " << read->body;
  ASSERT_FALSE(write) << broken.name << " came out as a success: " << write->body;
  EXPECT_EQ(read.error().code, broken.code) << read.error().text();
  EXPECT_EQ(read.error().fault, broken.read_fault) << read.error().text();
  EXPECT_EQ(write.error().fault, broken.write_fault) << write.error().text();
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
  std::string name;
  for (const char c : info.param.name)
    name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Http, BrokenAnswer, testing::ValuesIn(cases()), name_of);

TEST(BrokenAnswers, EveryCutOfAWholeAnswerIsNoticed) {
  const std::string whole = gzipped(gzip_of_hello());
  RawServer server([&](RawConnection& connection, int) {  // cuts where the path says
    if (const auto request = connection.read_request())
      connection.write(whole.substr(0, std::stoul(request->target.substr(1))));
  });
  Client client;
  const auto cut_after = [&](std::size_t length) {
    return client.send({.url = server.url("/" + std::to_string(length))}, {});
  };

  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto response = cut_after(length);
    EXPECT_FALSE(response) << "cut after " << length << " bytes, status " << response->status;
  }
  const auto response = cut_after(whole.size());

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "hello");
}

TEST(BrokenAnswers, AResetInTheBodyIsNoSuccess) {
  RawServer server([](RawConnection& connection, int) {
    if (!connection.read_request()) return;
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
    connection.reset();
  });
  Client client;

  const auto response = client.send({.url = server.url("/")}, {});

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().fault, Fault::transient) << response.error().text();
}

TEST(BrokenAnswers, AnUnframedBodyIsTakenWhenTheRequestAllowsIt) {
  RawServer server([](RawConnection& connection, int) {
    if (connection.read_request()) connection.write("HTTP/1.0 200 OK\r\n\r\nhello");
  });
  Client client;

  const auto response = client.send({.url = server.url("/"), .accept_unframed = true}, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "hello");
}

TEST(BrokenAnswers, AGatewaysUnframedErrorPageIsAnAnswer) {
  RawServer server([](RawConnection& connection, int) {
    if (connection.read_request()) connection.write("HTTP/1.0 502 Bad Gateway\r\n\r\n<html>");
  });
  Client client;

  const auto response = client.send({.url = server.url("/")}, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->status, 502);
}

TEST(BrokenAnswers, ABodyLargerThanAllowedIsNotTaken) {
  RawServer server(always(answer(200, std::string(1001, 'x'))));
  RawServer chunked(always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" +
                           std::string(1001, 'x') + "\r\n0\r\n\r\n"));
  Client client;

  const auto announced = client.send({.url = server.url("/"), .max_body = 1000}, {});
  const auto unannounced = client.send({.url = chunked.url("/"), .max_body = 1000}, {});
  const auto allowed = client.send({.url = server.url("/"), .max_body = 1001}, {});

  ASSERT_FALSE(announced);
  ASSERT_FALSE(unannounced);
  EXPECT_EQ(announced.error().code, "too_large");
  EXPECT_EQ(unannounced.error().code, "too_large");
  EXPECT_EQ(unannounced.error().fault, Fault::permanent);
  EXPECT_TRUE(allowed);
}

TEST(BrokenAnswers, HeadersWithoutEndAreNotTaken) {
  RawServer server([](RawConnection& connection, int) {
    if (!connection.read_request()) return;
    connection.write("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 2000; ++i) connection.write("X-Filler: " + std::string(1000, 'x') + "\r\n");
  });
  Client client;

  const auto response = client.send({.url = server.url("/")}, {});

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "too_large");
}

}  // namespace
}  // namespace flit::http
