#include "http/url.hpp"

#include <gtest/gtest.h>

#include "http/proxy.hpp"

namespace flit::http {
namespace {

Url url(std::string_view text) {
  auto parsed = Url::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? *parsed : Url();
}

TEST(Url, HasParts) {
  const Url parsed = url("https://Org.api.crm4.dynamics.com/api/data/v9.2/accounts?$top=1#part");

  EXPECT_EQ(parsed.scheme(), "https");
  EXPECT_EQ(parsed.host(), "org.api.crm4.dynamics.com");
  EXPECT_EQ(parsed.port(), 443);
  EXPECT_EQ(parsed.path(), "/api/data/v9.2/accounts");
  EXPECT_EQ(parsed.query(), "$top=1");
  EXPECT_EQ(parsed.text(), "https://org.api.crm4.dynamics.com/api/data/v9.2/accounts?$top=1");
}

TEST(Url, NamesAPortOnlyWhenItIsNotTheUsualOne) {
  EXPECT_EQ(url("http://h:80").text(), "http://h/");
  EXPECT_EQ(url("https://h:443/x").authority(), "h");
  EXPECT_EQ(url("http://127.0.0.1:8080/x").authority(), "127.0.0.1:8080");
  EXPECT_EQ(url("http://[::1]:8080/x").authority(), "[::1]:8080");
}

TEST(Url, RefusesWhatCannotBeAskedFor) {
  for (const std::string_view text : {"", "host/path", "ftp://h/", "file:///etc/passwd", "http://",
                                      "http://h:99999/", "http://h:abc/", "http://user@h/",
                                      "http://user:pw@h/", "http://a b/", "//h/x", "http:// h/"})
    EXPECT_FALSE(Url::parse(text)) << '"' << text << "\" was accepted";
}

TEST(Url, ARefusalShowsNoSecret) {
  const std::string with_password = Url::parse("https://user:s3cret@h/x").error().text();
  const std::string with_query = Url::parse("ftp://h/x?key=s3cret").error().text();

  EXPECT_EQ(with_password.find("s3cret"), std::string::npos) << with_password;
  EXPECT_EQ(with_query.find("s3cret"), std::string::npos) << with_query;
  EXPECT_NE(with_query.find("ftp://h/x"), std::string::npos) << with_query;
}

TEST(Url, AValueCannotAddAParameter) {
  Url asked = url("https://h/x");

  asked.add_query("after", "a+b/c==&admin=1#x y%z").add_query("$filter", "name eq 'A,B'");

  EXPECT_EQ(asked.query(), "after=a%2Bb/c%3D%3D%26admin%3D1%23x%20y%25z&$filter=name%20eq%20'A,B'");
  EXPECT_EQ(asked.parameters(),
            (form::Fields{{"after", "a+b/c==&admin=1#x y%z"}, {"$filter", "name eq 'A,B'"}}));
}

TEST(Url, ReadsParametersAsServersDo) {
  EXPECT_EQ(url("http://h/?a=1+2&b&c=%zz&&d=").parameters(),
            (form::Fields{{"a", "1 2"}, {"b", ""}, {"c", "%zz"}, {"d", ""}}));
}

TEST(Url, AppendsSegmentsEncodedAndPathsAsTheyAre) {
  Url asked = url("https://h/api/");

  asked.append_path("/objects/contacts").append_segment("a/b ?");

  EXPECT_EQ(asked.path(), "/api/objects/contacts/a%2Fb%20%3F");
}

TEST(Url, ResolvesLinks) {
  const Url page = url("https://h/api/v1/objects/contacts?limit=2");
  const auto resolved = [&page](std::string_view link) { return page.resolve(link)->text(); };

  EXPECT_EQ(resolved("/api/v1/objects/contacts?limit=2&after=eyJ%2B"),
            "https://h/api/v1/objects/contacts?limit=2&after=eyJ%2B");
  EXPECT_EQ(resolved("?page=2"), "https://h/api/v1/objects/contacts?page=2");
  EXPECT_EQ(resolved("companies"), "https://h/api/v1/objects/companies");
  EXPECT_EQ(resolved("../files"), "https://h/api/v1/files");
  EXPECT_EQ(resolved("//cdn.example/x"), "https://cdn.example/x");
  EXPECT_EQ(resolved("http://other/a b"), "http://other/a%20b");
}

TEST(Url, ALinkToNowhereIsThePlatformsFault) {
  EXPECT_EQ(url("https://h/").resolve("ftp://h/").error().fault, Fault::permanent);
  EXPECT_EQ(url("https://h/").resolve("http://user:pw@h/").error().fault, Fault::permanent);
}

TEST(Url, IsShownWithoutItsQuery) {
  EXPECT_EQ(url("https://h/x?sig=s3cret").shown(), "https://h/x?…");
  EXPECT_EQ(url("https://h/x").shown(), "https://h/x");
  EXPECT_EQ(Url().shown(), "(no URL)");
}

TEST(Url, SharesAnOriginOnlyWithTheSameSchemeHostAndPort) {
  const Url home = url("https://h/x");

  EXPECT_TRUE(home.same_origin(url("https://H:443/y?z")));
  EXPECT_FALSE(home.same_origin(url("http://h/x")));
  EXPECT_FALSE(home.same_origin(url("https://h:444/x")));
  EXPECT_FALSE(home.same_origin(url("https://h.evil.example/x")));
}

TEST(ProxyAddress, GivesItsCredentialsAway) {
  const auto proxy = Proxy::parse("http://flit:p%40ss@proxy.example:3128");

  ASSERT_TRUE(proxy);
  EXPECT_EQ(proxy->address, "http://proxy.example:3128");
  EXPECT_EQ(proxy->user, "flit");
  EXPECT_EQ(proxy->password.reveal(), "p@ss");
}

TEST(ProxyAddress, MayLackASchemeButNotAHost) {
  EXPECT_EQ(Proxy::parse("proxy.example:3128")->address, "http://proxy.example:3128");
  EXPECT_EQ(Proxy::parse("socks5h://127.0.0.1:1080")->address, "socks5h://127.0.0.1:1080");
  EXPECT_FALSE(Proxy::parse(""));
  EXPECT_FALSE(Proxy::parse("gopher://x"));
}

}  // namespace
}  // namespace flit::http
