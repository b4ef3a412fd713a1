#include "base/secret_words.hpp"

#include <gtest/gtest.h>

#include "base/diagnostic.hpp"

namespace flit {
namespace {

TEST(SecretWords, WhatStandsBehindAKeyForCredentialsIsNotRepeated) {
  EXPECT_EQ(without_secrets("  client_secret: hunter2   # mine"), "  client_secret: …");
  EXPECT_EQ(without_secrets("{\"API_KEY\": \"hunter2\"}"), "{\"API_KEY\": …");
  EXPECT_EQ(without_secrets("auth: {kind: bearer, token: hunter2}"),
            "auth: {kind: bearer, token: …");
}

TEST(SecretWords, NorIsThePasswordOfAnAddress) {
  EXPECT_EQ(without_secrets("proxy: \"http://me:hunter2@proxy.example:3128\""),
            "proxy: \"http://…@proxy.example:3128\"");
}

TEST(SecretWords, OtherLinesStayAsTheyAre) {
  for (const char* line :
       {"base_url: \"https://x.example:8080/api\"", "  - secret", "", ":", ": :"})
    EXPECT_EQ(without_secrets(line), line);
}

TEST(SecretWords, AMistakeIsShownWithoutTheSecretBesideIt) {
  const std::string line = "token: {hunter2";
  const auto source = std::make_shared<const SourceText>("flitstack.yaml", line);
  Diagnostics diagnostics;
  diagnostics.error(Position(source, line.find('{'), 1), "a '{' without its '}'");

  EXPECT_EQ(diagnostics.text().find("hunter2"), std::string::npos) << diagnostics.text();
  EXPECT_NE(diagnostics.text().find("flitstack.yaml:1:8"), std::string::npos);
}

}  // namespace
}  // namespace flit
