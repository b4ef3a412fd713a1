// Files: bytes, ranges, redirects, what is refused (facts/sources.md §1.9).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "served.hpp"

namespace flit::sim::interactive::test {
namespace {

class Files : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    served_ = new Served();
    for (const std::string& text : served_->all("/files"))
      files_.push_back(json::parse(text).value());
  }
  static void TearDownTestSuite() {
    files_.clear();
    delete served_;
  }
  static Served& served() { return *served_; }
  static json::Value named(std::string_view name) {
    for (const json::Document& file : files_)
      if (file.root()["name"].string_or("") == name) return file.root();
    ADD_FAILURE() << name;
    return {};
  }
  static std::string content_path(std::string_view name) {
    return "/files/" + std::string(named(name)["id"].string_or("")) + "/content";
  }
  static Served* served_;
  static std::vector<json::Document> files_;
};
Served* Files::served_ = nullptr;
std::vector<json::Document> Files::files_;

TEST_F(Files, HaveTheBytesThatTheirChecksumSays) {
  std::size_t compared = 0;
  for (const json::Document& file : files_) {
    const json::Value record = file.root();
    if (record["checksum"]["algorithm"].string_or("") != "sha256" ||
        record["name"].string_or("") == "wrong-checksum.pdf")
      continue;
    const Answer answer =
        served().get("/files/" + std::string(record["id"].string_or("")) + "/content");
    if (answer.status != 200) continue;
    EXPECT_EQ(std::to_string(answer.body.size()), record["size"].string_or(""));
    EXPECT_EQ(sha256_hex(answer.body), record["checksum"]["value"].string_or(""));
    ++compared;
  }
  EXPECT_GT(compared, 15U);
}

TEST_F(Files, AreServedInParts) {
  const std::string path = content_path("Twin.pdf");
  const Answer whole = served().get(path);
  const std::string etag = whole.headers.at("etag");

  const Answer middle = served().get(path, "Range: bytes=10-19\r\nIf-Range: " + etag + "\r\n");
  const Answer rest = served().get(path, "Range: bytes=500-\r\n");
  const Answer changed = served().get(path, "Range: bytes=10-19\r\nIf-Range: \"other\"\r\n");
  const Answer beyond = served().get(path, "Range: bytes=600-\r\n");
  const Answer several = served().get(path, "Range: bytes=0-1,4-5\r\n");

  EXPECT_EQ(middle.status, 206);
  EXPECT_EQ(middle.body, whole.body.substr(10, 10));
  EXPECT_EQ(middle.headers.at("content-range"), "bytes 10-19/512");
  EXPECT_EQ(rest.body, whole.body.substr(500));
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(beyond.status, 416);
  EXPECT_EQ(beyond.error_code(), "range_not_satisfiable");
  EXPECT_EQ(several.body, whole.body);
  EXPECT_EQ(whole.headers.at("accept-ranges"), "bytes");
}

TEST_F(Files, NamesTravelExactly) {
  const Answer answer = served().get(content_path("Family 👪.pdf"));

  EXPECT_THAT(answer.headers.at("content-disposition"),
              testing::HasSubstr("filename*=UTF-8''Family%20%F0%9F%91%AA.pdf"));
  EXPECT_EQ(served().get(content_path("bell\x07.pdf")).status, 200);
}

TEST_F(Files, QuarantinedAndMissingOnesSaySo) {
  EXPECT_EQ(served().get(content_path("quarantined.pdf")).error_code(), "file_quarantined");
  EXPECT_EQ(served().get(content_path("gone.pdf")).error_code(), "file_gone");
  EXPECT_EQ(served().get("/files/1").error_code(), "not_found");
}

TEST_F(Files, LargeOnesLieBehindASignedAddressThatWantsNoToken) {
  const Answer direct = served().get(content_path("five.bin"));
  const Answer redirected = served().get(content_path("five-and-one.bin"));
  ASSERT_EQ(redirected.status, 302);
  const std::string location = redirected.headers.at("location");

  const Answer whole = served().raw("GET", location);
  const Answer part = served().raw("GET", location, "", "Range: bytes=-3\r\n");
  const Answer with_token =
      served().raw("GET", location, "", "Authorization: Bearer " + served().token() + "\r\n");
  const Answer forged = served().raw("GET", location + "0");

  EXPECT_EQ(direct.body.size(), 5U << 20U);
  EXPECT_EQ(whole.body.size(), (5U << 20U) + 1U);
  EXPECT_EQ(sha256_hex(whole.body), named("five-and-one.bin")["checksum"]["value"].string_or(""));
  EXPECT_EQ(part.body, whole.body.substr(whole.body.size() - 3));
  EXPECT_EQ(with_token.status, 400);
  EXPECT_EQ(forged.status, 403);
}

TEST(SignedAddresses, ExpireAfterFiveMinutes) {
  Served served;
  std::string path;
  for (const std::string& text : served.all("/files"))
    if (const auto file = json::parse(text);
        file->root()["name"].string_or("") == "five-and-one.bin")
      path = "/files/" + std::string(file->root()["id"].string_or("")) + "/content";
  const std::string location = served.get(path).headers.at("location");

  served.control("clock", R"({"advance_s": 301})");

  const Answer late = served.raw("GET", location);
  EXPECT_EQ(late.status, 403);
  EXPECT_THAT(late.body, testing::HasSubstr("<Code>AccessDenied</Code>"));
  EXPECT_EQ(served.raw("GET", served.get(path).headers.at("location")).status, 200);
}

}  // namespace
}  // namespace flit::sim::interactive::test
