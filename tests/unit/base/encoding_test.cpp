#include "base/encoding.hpp"

#include <gtest/gtest.h>

namespace flit {
namespace {

TEST(Hex, WritesLowerCaseAndReadsBoth) {
  EXPECT_EQ(hex::encode(std::string_view("\x00\x7F\xFF", 3)), "007fff");
  EXPECT_EQ(hex::decode("007fFF").value(), std::string("\x00\x7F\xFF", 3));
}

TEST(Hex, SaysWhereItStopped) {
  EXPECT_EQ(hex::decode("00zz").error().message,
            "found 'zz' at byte 2, expected a hexadecimal digit");
  EXPECT_FALSE(hex::decode("abc"));
}

TEST(Base64, KnowsTheVectorsOfRfc4648) {
  const std::vector<std::pair<std::string, std::string>> vectors = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64::encode(bytes), text);
    EXPECT_EQ(base64::decode(text).value(), bytes);
  }
}

TEST(Base64, HasAnAlphabetForUrls) {
  const std::string bytes = "\xFB\xFF";

  EXPECT_EQ(base64::encode(bytes), "+/8=");
  EXPECT_EQ(base64::encode(bytes, base64::url_form), "-_8");
  EXPECT_EQ(base64::decode("-_8", base64::url_form).value(), bytes);
  EXPECT_FALSE(base64::decode("-_8="));
  EXPECT_FALSE(base64::decode("+/8", base64::url_form));
}

TEST(Base64, RefusesWhatAnEncoderWouldNotWrite) {
  for (const std::string_view bad : {"Zg", "Zg=", "Zg===", "Z===", "====", "=Zg=", "Zm 8", "Zm8\n",
                                     "Zm9v\n", "Zh==", "Zm9=", "Zm=v"})
    EXPECT_FALSE(base64::decode(bad)) << bad;
  for (const std::string_view bad : {"Zg==", "Z", "Zm9vY", "Zh"})
    EXPECT_FALSE(base64::decode(bad, {.padding = base64::Padding::forbidden})) << bad;
}

TEST(Percent, KeepsOnlyUnreservedCharacters) {
  EXPECT_EQ(percent::encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(percent::encode("a b/c?d=é+%"), "a%20b%2Fc%3Fd%3D%C3%A9%2B%25");
}

TEST(Percent, ReadsEveryEscapeAndNoHalfOne) {
  EXPECT_EQ(percent::decode("a%20b%2fc+d").value(), "a b/c+d");
  for (const std::string_view bad : {"%", "%4", "a%4", "%zz", "%4g", "%%41"})
    EXPECT_FALSE(percent::decode(bad)) << bad;
}

TEST(Form, ReadsABodyInOrder) {
  const auto fields =
      form::parse("grant_type=client_credentials&scope=a+b%2B&&flag&x=1=2&x=").value();

  const form::Fields expected = {{"grant_type", "client_credentials"},
                                 {"scope", "a b+"},
                                 {"flag", ""},
                                 {"x", "1=2"},
                                 {"x", ""}};
  EXPECT_EQ(fields, expected);
  EXPECT_EQ(*form::find(fields, "x"), "1=2");
  EXPECT_EQ(form::find(fields, "y"), nullptr);
}

TEST(Form, OfNothingIsEmptyAndOfABadEscapeAnError) {
  EXPECT_TRUE(form::parse("").value().empty());
  EXPECT_FALSE(form::parse("a=%f"));
}

}  // namespace
}  // namespace flit
