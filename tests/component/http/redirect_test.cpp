// Redirects: followed only when asked for, and never with credentials to another host.

#include <mutex>

#include <gtest/gtest.h>

#include "http/client.hpp"
#include "tests/support/raw_server.hpp"

namespace flit::http {
namespace {

using test::always;
using test::answer;
using test::RawConnection;
using test::RawServer;

/// Answers by path and remembers what it was asked.
class Site {
 public:
  explicit Site(std::map<std::string, std::string> pages)
      : pages_(std::move(pages)), server_([this](RawConnection& connection, int) {
          while (auto request = connection.read_request()) {
            const std::lock_guard lock(mutex_);
            connection.write(pages_.at(request->target));
            seen_.push_back(std::move(*request));
          }
        }) {}

  Url url(std::string_view path) const { return server_.url(path); }
  void set(const std::string& path, std::string page) {
    const std::lock_guard lock(mutex_);
    pages_[path] = std::move(page);
  }
  std::vector<test::RawRequest> seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> pages_;
  std::vector<test::RawRequest> seen_;
  RawServer server_;
};

std::string moved(int status, std::string_view location) {
  return answer(status, "gone there", {{"Location", std::string(location)}});
}

Request secret_request(const Url& url) {
  return {.url = url,
          .headers = {{"Authorization", "Bearer s3cret"},
                      {"X-Api-Key", "s3cret"},
                      {"Accept", "text/csv"},
                      {"Range", "bytes=5-"}},
          .max_redirects = 3};
}

TEST(HttpRedirects, AreAnswersUnlessAskedFor) {
  Site site({{"/a", moved(302, "/b")}, {"/b", answer(200, "b")}});
  Client client;

  const auto response = client.send({.url = site.url("/a")}, {});

  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 302);
  EXPECT_EQ(response->headers.find("Location"), "/b");
}

TEST(HttpRedirects, OnTheSameHostKeepTheHeaders) {
  Site site({{"/a/b", moved(307, "../c?x=1")}, {"/c?x=1", answer(200, "c")}});
  Client client;

  const auto response = client.send(secret_request(site.url("/a/b")), {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "c");
  EXPECT_EQ(response->url.target(), "/c?x=1");
  EXPECT_EQ(site.seen().at(1).headers.find("Authorization"), "Bearer s3cret");
}

TEST(HttpRedirects, ToAnotherHostLeaveEveryCredentialBehind) {
  Site files({{"/file", answer(206, "bytes")}});
  Site site({{"/a", moved(302, files.url("/file").text())}});
  Client client;

  const auto response = client.send(secret_request(site.url("/a")), {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(response->body, "bytes");
  const Headers headers = files.seen().at(0).headers;
  EXPECT_FALSE(headers.contains("Authorization"));
  EXPECT_FALSE(headers.contains("X-Api-Key"));
  EXPECT_EQ(headers.find("Accept"), "text/csv");
  EXPECT_EQ(headers.find("Range"), "bytes=5-");
}

TEST(HttpRedirects, AreNotFollowedByWrites) {
  Site site({{"/a", moved(307, "/b")}, {"/b", answer(200)}});
  Client client;

  const auto response =
      client.send({.method = Method::post, .url = site.url("/a"), .max_redirects = 3}, {});

  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 307);
  EXPECT_EQ(site.seen().size(), 1U);
}

TEST(HttpRedirects, ASeeOtherTurnsAQueryIntoAGet) {
  Site site({{"/query", moved(303, "/result")}, {"/result", answer(200, "rows")}});
  Client client;

  const auto response = client.send({.method = Method::post,
                                     .url = site.url("/query"),
                                     .headers = {{"Content-Type", "text/plain"}},
                                     .body = "select",
                                     .effect = Effect::read,
                                     .max_redirects = 1},
                                    {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(site.seen().at(1).method, "GET");
  EXPECT_EQ(site.seen().at(1).body, "");
}

TEST(HttpRedirects, EndAfterTheNumberAllowed) {
  Site site({{"/a", moved(302, "/a")}});
  Client client;

  const auto response = client.send({.url = site.url("/a"), .max_redirects = 3}, {});

  ASSERT_FALSE(response);
  EXPECT_NE(response.error().message.find("more than 3 redirects"), std::string::npos);
  EXPECT_EQ(site.seen().size(), 4U);
}

TEST(HttpRedirects, GiveTheSinkOnlyTheLastBody) {
  Site site({{"/a", moved(302, "/file")}, {"/file", answer(200, "content")}});
  Client client;
  std::string bytes;
  Request request{.url = site.url("/a"), .max_redirects = 1};
  request.sink = [&](const Response&, std::string_view piece) -> Result<void> {
    bytes += piece;
    return {};
  };

  const auto response = client.send(request, {});

  ASSERT_TRUE(response) << response.error().text();
  EXPECT_EQ(bytes, "content");
}

TEST(HttpRedirects, SecretsInTheTargetsQueryAreNotShown) {
  test::RefusingPort port;
  Site site({{"/a", moved(302, port.url("/cdn?sig=s3cret").text())}});
  Client client;

  const auto response = client.send({.url = site.url("/a"), .max_redirects = 1}, {});

  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().text().find("s3cret"), std::string::npos) << response.error().text();
  EXPECT_NE(response.error().text().find("/cdn?…"), std::string::npos);
}

}  // namespace
}  // namespace flit::http
