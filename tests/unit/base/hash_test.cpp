#include "base/hash.hpp"

#include <set>
#include <unordered_map>

#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace flit {
namespace {

TEST(Sha256, KnowsTheVectorsOfFips180) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, TakesAMessageInPiecesAndStartsAgain) {
  Sha256 hasher;
  hasher.update("a").update("").update("bc");

  EXPECT_EQ(hasher.finish(), sha256("abc"));
  EXPECT_EQ(hasher.finish(), sha256(""));
}

TEST(Sha256, CanBeMovedMidway) {
  Sha256 first;
  first.update("ab");

  Sha256 second = std::move(first);

  EXPECT_EQ(second.update("c").finish(), sha256("abc"));
}

TEST(Md5, KnowsTheVectorsOfRfc1321) {
  EXPECT_EQ(hex::encode(bytes_of(md5(""))), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(hex::encode(bytes_of(md5("message digest"))), "f96b697d7cb7938d525a2f31aaf161d0");
  EXPECT_EQ(hex::encode(bytes_of(Md5().update("ab").update("c").finish())),
            "900150983cd24fb0d6963f7d28e17f72");
}

TEST(Hash64, TellsShortTextsApart) {
  std::set<std::uint64_t> seen;
  std::string text;
  for (int length = 0; length < 64; ++length, text += '\0') {
    seen.insert(hash64(text));
    seen.insert(hash64(text + '\1'));
  }

  EXPECT_EQ(seen.size(), 128U);
}

TEST(Hash64, SpreadsSequentialIdsOverAllBits) {
  constexpr int ids = 4096;
  std::array<int, 64> ones{};
  for (int i = 0; i < ids; ++i) {
    const std::uint64_t hash = hash64("contact-" + std::to_string(i));
    for (std::size_t bit = 0; bit < ones.size(); ++bit)
      ones[bit] += static_cast<int>(hash >> bit & 1U);
  }

  for (const int count : ones) EXPECT_NEAR(count, ids / 2, 200);  // over six standard deviations
}

TEST(Hash64, DependsOnItsSeed) {
  EXPECT_NE(hash64("a"), hash64("a", 1));
  EXPECT_EQ(hash64("a", 1), hash64("a", 1));
}

TEST(TextHash, LooksUpByViewWithoutMakingAString) {
  std::unordered_map<std::string, int, TextHash, std::equal_to<>> ages{{"anna", 31}};

  EXPECT_EQ(ages.find(std::string_view("anna bo").substr(0, 4))->second, 31);
}

}  // namespace
}  // namespace flit
