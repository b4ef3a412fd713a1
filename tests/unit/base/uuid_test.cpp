#include "base/uuid.hpp"

#include <unordered_set>

#include <gtest/gtest.h>

namespace flit {
namespace {

Uuid uuid(std::string_view text) {
  return Uuid::parse(text).value();
}

/// RFC 9562, section 6.6.
const Uuid dns = uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
const Uuid url = uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

TEST(Uuid, ReadsAnyCaseWithAndWithoutBraces) {
  const Uuid plain = uuid("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");

  EXPECT_EQ(uuid("0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"), plain);
  EXPECT_EQ(uuid("{0F1e2D3c-4b5a-6978-8796-a5b4c3d2e1f0}"), plain);
  EXPECT_EQ(plain.text(), "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");
}

TEST(Uuid, RefusesEverythingElse) {
  for (const std::string_view bad :
       {"", "{}", "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f",
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f00", "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", "(0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0)",
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1fg", " 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        "0f1e2d3c+4b5a-6978-8796-a5b4c3d2e1f0",
        "0f1e2d3c-4b5a-6978-8796\xC3\xA9"
        "5b4c3d2e1f0",
        "urn:uuid:0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"})
    EXPECT_FALSE(Uuid::parse(bad)) << bad;
}

TEST(Uuid, SaysWhatItFoundInstead) {
  EXPECT_EQ(Uuid::parse("101").error().message,
            "found '101', expected a UUID such as 6ba7b810-9dad-11d1-80b4-00c04fd430c8");
}

TEST(Uuid, Version5KnowsThePublishedVectors) {
  // RFC 9562, appendix A.4; the other two as every other implementation computes them
  EXPECT_EQ(Uuid::version5(dns, "www.example.com").text(), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  EXPECT_EQ(Uuid::version5(dns, "python.org").text(), "886313e1-3b8a-5372-9b90-0c9aee199e5d");
  EXPECT_EQ(Uuid::version5(url, "https://example.com/a?b=c").text(),
            "c33ae727-a88e-54fd-83c1-eb80bc195938");
}

TEST(Uuid, Version5IsMarkedAsSuchAndKnowsItsNamespace) {
  const Uuid made = Uuid::version5(dns, "");

  EXPECT_EQ(made.version(), 5);
  EXPECT_EQ(made.bytes()[8] >> 6, 2);
  EXPECT_NE(made, Uuid::version5(url, ""));
}

TEST(Uuid, Version5TakesNamesByteForByte) {
  EXPECT_NE(Uuid::version5(dns, "a"), Uuid::version5(dns, "A"));
  EXPECT_NE(Uuid::version5(dns, std::string_view("a\0", 2)), Uuid::version5(dns, "a"));
}

TEST(Uuid, IsOrderedAsItsTextIs) {
  EXPECT_LT(uuid("00000000-0000-0000-0000-0000000000ff"),
            uuid("00000000-0000-0000-0000-000000000100"));
  EXPECT_TRUE(Uuid{}.is_nil());
  EXPECT_FALSE(dns.is_nil());
}

TEST(Uuid, HashesSequentialValuesApart) {
  std::unordered_set<std::size_t> hashes;
  Uuid::Bytes bytes{};
  for (int i = 0; i < 1024; ++i) {
    bytes[3] = static_cast<std::uint8_t>(i & 0xFF);
    bytes[11] = static_cast<std::uint8_t>(i >> 8);
    hashes.insert(std::hash<Uuid>{}(Uuid(bytes)) & 0xFFFFFFU);
  }

  EXPECT_GT(hashes.size(), 1020U);
}

}  // namespace
}  // namespace flit
