// The public collections of awkward texts, each through a whole migration, with a verdict each:
// tests/golden/e2e/samples. A text arrives as it is, or changed with a word about it, or its record
// is refused with a reason; nothing else.

#include <filesystem>
#include <fstream>
#include <regex>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/code_points.hpp"
#include "mapping/html.hpp"
#include "moved_samples.hpp"
#include "tests/support/golden.hpp"

namespace flit::test {
namespace {

namespace fs = std::filesystem;

const fs::path samples = fs::path(FLIT_SHARED_DIR) / "data/samples";

json::Document parsed(const fs::path& file) {
  auto document = json::parse(read_file(file.string()));
  if (document) return std::move(*document);
  ADD_FAILURE() << file << ": " << document.error().text();
  return {};
}

std::vector<Planted> naughty_strings() {
  std::vector<Planted> all;
  const json::Document document = parsed(samples / "naughty-strings/blns.json");
  for (const json::Value text : document.root().elements())
    for (const char* field : {"description", "first_name"})
      all.push_back({"contacts", field, std::string(text.string_or(""))});
  return all;
}

/// The five references that XML has.
std::string without_references(std::string text) {
  const std::vector<std::pair<std::string, std::string>> references{
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}};
  for (const auto& [reference, meant] : references)
    for (std::size_t at = text.find(reference); at != std::string::npos;
         at = text.find(reference, at + 1))
      text.replace(at, reference.size(), meant);
  return text;
}

std::vector<Planted> email_addresses() {
  std::vector<Planted> all;
  const std::string text = read_file((samples / "email-cases/tests.xml").string());
  const std::string open = "<address>";
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
    const std::size_t begin = at + open.size();
    const std::string inner = text.substr(begin, text.find("</address>", begin) - begin);
    all.push_back({"contacts", "email", without_references(inner)});
  }
  return all;
}

std::vector<Planted> phone_numbers() {
  std::vector<Planted> all;
  const auto rows = rows_of_csv(read_file((samples / "phone-cases/example-numbers.csv").string()));
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() < 5) continue;
    all.push_back({"contacts", "phone", rows[i][4]});
    all.push_back({"contacts", "mobile_phone", rows[i][3]});
  }
  return all;
}

std::vector<Planted> html_texts() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(samples / "html-cases/tokenizer"))
    if (entry.path().extension() == ".test") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Planted> all;
  for (const fs::path& file : files) {
    const json::Document document = parsed(file);
    for (const json::Member tests : document.root().members())
      for (const json::Value test : tests.value.elements())
        all.push_back({"notes", "body_html", std::string(test["input"].string_or(""))});
  }
  return all;
}

/// ASCII alone: a reviewer sees what is there, whatever the characters do to a line.
std::string shown(std::string_view text) {
  std::string out = "\"";
  for (const char32_t point : CodePoints(text)) {
    if (point == U'"' || point == U'\\')
      out += fmt::format("\\{}", static_cast<char>(point));
    else if (point >= 0x20 && point < 0x7F)
      out += static_cast<char>(point);
    else
      out += fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(point));
  }
  return out + "\"";
}

std::string joined(const std::set<std::string>& codes) {
  std::string all;
  for (const std::string& code : codes) all += (all.empty() ? "" : ", ") + code;
  return all;
}

/// What a text may become without a word about it, by the conversion that its column states.
using Stated = bool (*)(const std::string& before, const std::string& after);

std::string verdict_of(const Planted& one, const Arrived& arrived, Stated is_stated) {
  const std::string said = joined(arrived.said);
  if (!arrived.is_there) {
    EXPECT_FALSE(said.empty()) << "lost without a word: " << shown(one.text);
    return "refused (" + said + ")";
  }
  if (arrived.text == one.text) return said.empty() ? "as it is" : "as it is (" + said + ")";
  const bool stated = is_stated(one.text, arrived.text);
  EXPECT_TRUE(stated || !said.empty())
      << "changed without a word: " << shown(one.text) << " to " << shown(arrived.text);
  return fmt::format("{} {}{}", stated ? "converted to" : "changed to", shown(arrived.text),
                     said.empty() ? "" : " (" + said + ")");
}

class Samples : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(samples)) GTEST_SKIP() << samples << " is not there";
  }

  static void move(const char* golden, std::vector<Planted> planted,
                   const MovedSamples::Columns& columns, Stated is_stated) {
    ASSERT_GT(planted.size(), 100U) << "the collection was not read";
    const MovedSamples moved(std::move(planted), columns);
    std::string table;
    for (const Planted& one : moved.planted())
      table += fmt::format("{} {}: {}\n", one.field, shown(one.text),
                           verdict_of(one, moved.of(one), is_stated));
    expect_golden(fmt::format("e2e/samples/{}", golden), table);
  }
};

bool never(const std::string& /*before*/, const std::string& /*after*/) {
  return false;
}

/// E.164 has the digits that were typed, its country code before them at most.
bool is_same_number(const std::string& before, const std::string& after) {
  std::string digits;
  for (const char c : before)
    if (c >= '0' && c <= '9') digits += c;
  return after.starts_with("+") && after.ends_with(digits);
}

/// Markup is written anew; what a reader sees is the same, and no character was given up.
bool reads_alike(const std::string& before, const std::string& after) {
  const std::string given_up = "\uFFFD";
  if (after.find(given_up) != after.npos && before.find(given_up) == before.npos) return false;
  const std::string seen = mapping::text_of_html(before);
  return seen == mapping::text_of_html(after) || seen == after;
}

TEST_F(Samples, NaughtyStringsArriveOrAreRefusedWithAReason) {
  move("naughty_strings.txt", naughty_strings(),
       {{"description", "description"}, {"first_name", "firstname"}}, never);
}

TEST_F(Samples, AddressesArriveAlsoThoseThatAreNone) {
  move("emails.txt", email_addresses(), {{"email", "emailaddress1"}}, never);
}

TEST_F(Samples, PhoneNumbersArriveInTheirInternationalFormOrAsTheyAre) {
  move("phones.txt", phone_numbers(), {{"phone", "telephone1"}, {"mobile_phone", "mobilephone"}},
       is_same_number);
}

TEST_F(Samples, MarkupReadsAsItDid) {
  move("html.txt", html_texts(), {{"body_html", "notetext"}}, reads_alike);
}

}  // namespace
}  // namespace flit::test
