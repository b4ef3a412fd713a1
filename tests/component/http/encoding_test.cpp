// Compressed answers, in every encoding that we ask for.

#include <ostream>

#include <gtest/gtest.h>

#include "http/client.hpp"
#include "tests/support/compressed.hpp"
#include "tests/support/raw_server.hpp"

namespace flit::http {
namespace {

using test::always;
using test::answer;
using test::RawServer;

struct Encoding {
  std::string name;
  std::string (*compress)(std::string_view);
};

void PrintTo(const Encoding& encoding, std::ostream* out) {
  *out << encoding.name;
}

class HttpEncoding : public testing::TestWithParam<Encoding> {
 protected:
  Result<Response> get(const std::string& body, std::uint64_t max_body = 64U << 20U) {
    RawServer server(always(answer(200, body, {{"Content-Encoding", GetParam().name}})));
    Client client;
    return client.send({.url = server.url("/"), .max_body = max_body}, {});
  }
};

TEST_P(HttpEncoding, IsTakenOff) {
  const std::string text(300'000, 'a');

  const auto response = get(GetParam().compress(text));

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, text);
  EXPECT_GE(response->body.capacity(), response->body.size() + body_padding);
}

TEST_P(HttpEncoding, EveryCutIsNoticed) {
  const std::string whole = GetParam().compress("a short text that is cut everywhere");
  RawServer server([&](test::RawConnection& connection, int) {  // cuts where the path says
    while (const auto request = connection.read_request())
      connection.write(answer(200, whole.substr(0, std::stoul(request->target.substr(1))),
                              {{"Content-Encoding", GetParam().name}}));
  });
  Client client;

  for (std::size_t length = 1; length < whole.size(); ++length) {
    const auto response = client.send({.url = server.url("/" + std::to_string(length))}, {});
    EXPECT_FALSE(response) << "cut after " << length << " of " << whole.size() << " bytes";
  }
}

TEST_P(HttpEncoding, ABombIsDefused) {
  const auto response = get(GetParam().compress(std::string(5'000'000, '\0')), 1'000'000);

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, "too_large");
}

TEST_P(HttpEncoding, AnEmptyBodyIsEmpty) {
  const auto response = get("");

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "");
}

INSTANTIATE_TEST_SUITE_P(Http, HttpEncoding,
                         testing::Values(Encoding{"gzip", test::gzipped},
                                         Encoding{"deflate", test::deflated},
                                         Encoding{"br", test::brotli_compressed},
                                         Encoding{"zstd", test::zstd_compressed}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace flit::http
