// Phone numbers, addresses and strings that nobody here made up.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "base/json_reader.hpp"
#include "base/text.hpp"
#include "mapping/email.hpp"
#include "mapping/html.hpp"
#include "mapping/phone.hpp"
#include "tests/support/golden.hpp"

namespace flit::mapping {
namespace {

const std::string samples = std::string(FLIT_SHARED_DIR) + "/data/samples";

#define FLIT_NEEDS_SAMPLES() \
  if (!std::filesystem::exists(samples)) GTEST_SKIP() << samples << " is not there"

TEST(Samples, ExampleNumbersOfEveryRegionBecomeTheirInternationalForm) {
  FLIT_NEEDS_SAMPLES();
  std::ifstream in(samples + "/phone-cases/example-numbers.csv");
  std::string line;
  std::getline(in, line);
  int right = 0;
  int all = 0;
  while (std::getline(in, line)) {
    while (!line.empty() && line.back() == '\r') line.pop_back();
    const auto cells = text::split(line, ",");
    ASSERT_GE(cells.size(), 5U) << line;
    const auto number = international_phone(cells[3], cells[0]);
    ++all;
    right += number == std::string(cells[4]);
  }

  // The numbers are of a newer libphonenumber than the packaged one: ranges opened since then are
  // not valid in it.
  EXPECT_GT(all, 700);
  EXPECT_GE(right, all * 97 / 100) << right << " of " << all;
}

TEST(Samples, NaughtyStringsAreNoAddressesNoNumbersAndNothingExecutable) {
  FLIT_NEEDS_SAMPLES();
  const auto strings = json::parse(test::read_file(samples + "/naughty-strings/blns.json"));
  ASSERT_TRUE(strings);
  for (const json::Value element : strings->root().elements()) {
    const std::string text(element.string_or(""));
    const CleanHtml clean = clean_html(text);
    EXPECT_EQ(clean.html.find("<script"), std::string::npos) << text;
    EXPECT_EQ(clean_html(clean.html).html, clean.html) << text;
    EXPECT_FALSE(is_email_address(text)) << text;
  }
}

}  // namespace
}  // namespace flit::mapping
