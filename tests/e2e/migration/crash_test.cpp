// Kill -9 anywhere: the same command goes on, nothing is doubled, nothing is lost, and the end is
// the same as without the kill (design.md §1, invariants 1 and 2).
//
// FLIT_KILL_POINTS=N says how many times (40; 200 take some minutes).

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "both_ends.hpp"

namespace flit::test {
namespace {

const BothEndsSettings small{.source = {"--generate", "contacts=40", "--seed", "7"}};

/// The commands of a migration in order; each is killed and typed again.
const std::vector<std::vector<std::string>> way_there{
    {"inventory"},
    {"map", "propose"},
    {"map", "confirm", "--as", "Test"},
    {"plan"},
    {"approve", "plan", "--as", "Test"},
    {"plan", "apply", "--yes"},
    {"owners", "--fallback", "ada.berg@simulated.example"},
    {"approve", "owners", "--as", "Test"},
    {"preflight"},
    {"sample", "--size", "30"},
    {"diff"},
    {"approve", "sample", "--as", "Test"},
    {"run"},
    {"reconcile"}};
const std::vector<std::string> way_back{"rollback", "--yes", "--schema"};

std::size_t points_wanted() {
  const char* text = std::getenv("FLIT_KILL_POINTS");  // NOLINT(concurrency-mt-unsafe): only read
  return text == nullptr ? 40 : std::strtoul(text, nullptr, 10);
}

bool is_fine(const Finished& finished) {
  return finished.exit_code == 0 || finished.exit_code == 6;
}

/// What we wrote, and what the platform makes of it; not the instances of its own process flows,
/// which begin whenever a row is made.
std::map<std::string, std::string> rows_of(const Simulated& destination) {
  auto digests = destination.table_digests();
  std::erase_if(digests, [](const auto& table) { return table.first.ends_with("salesprocess"); });
  return digests;
}

void start(const BothEnds& ends) {
  ends.typed({"init", "interactive-to-dynamics365", "--source-url", ends.source.url() + "/api/v1",
              "--destination-url", ends.destination.url(), "--authority", ends.destination.url(),
              "--tenant", "simulated", "--id", "9d1f0e52-8f3a-5b0e-9c64-0d5b7a6f1c11"});
}

/// How often a command sends and commits when nobody disturbs it.
struct Transitions {
  std::size_t requests = 0;
  std::size_t commits = 0;
  std::size_t all() const { return requests + commits; }
};

std::size_t number_before(const std::string& text, const std::string& what) {
  const std::string lead = "there were ";
  for (std::size_t at = text.find(lead); at != std::string::npos; at = text.find(lead, at + 1)) {
    std::size_t digits = 0;
    const std::size_t number = std::stoul(text.substr(at + lead.size()), &digits);
    if (text.compare(at + lead.size() + digits + 1, what.size(), what) == 0) return number;
  }
  return 0;
}

Transitions type_counting(const BothEnds& ends, const std::vector<std::string>& words) {
  const Finished finished = ends.type(words, {"FLIT_CRASH_AT=commit:0"});
  EXPECT_TRUE(is_fine(finished)) << words.front() << "\n" << finished.err;
  return {number_before(finished.err, "requests"), number_before(finished.err, "commits")};
}

/// Spreads `points` over the commands by how much each does; at least one for each, and never more
/// than it can surely die.
std::vector<std::size_t> spread(const std::vector<Transitions>& commands, std::size_t points) {
  std::size_t sum = 0;
  for (const Transitions& one : commands) sum += one.all();
  if (sum == 0) throw std::runtime_error("no command of the way sends or commits anything");
  std::vector<std::size_t> shares;
  std::size_t given = 0;
  for (const Transitions& one : commands) {
    shares.push_back(std::max<std::size_t>(1, points * one.all() / sum));
    given += shares.back();
  }
  std::size_t& busiest = *std::max_element(shares.begin(), shares.end());
  const std::size_t others = given - busiest;
  busiest = points > others ? points - others : 1;
  return shares;
}

/// The i-th of `deaths` points of a command. A process does at most k transitions before it dies,
/// so while all k together are fewer than there are, every death is certain.
std::string point(const Transitions& command, std::size_t i, std::size_t deaths) {
  constexpr std::array kinds{"request", "commit", "answer", "committed"};
  const std::size_t kind = command.requests == 0 ? 1 + 2 * (i % 2) : i % kinds.size();
  const std::size_t all = kind % 2 == 0 ? command.requests : command.commits;
  const std::size_t k = std::max<std::size_t>(1, all * 7 / 10 / deaths);
  return std::string(kinds[kind]) + ":" + std::to_string(k);
}

/// Types a command that dies so many times, and then until its end; how often it died.
std::size_t type_through(const BothEnds& ends, const std::vector<std::string>& words,
                         const Transitions& command, std::size_t deaths) {
  std::size_t died = 0;
  for (std::size_t i = 0; i < deaths; ++i) {
    const std::string where = point(command, i, deaths);
    const Finished finished = ends.type(words, {"FLIT_CRASH_AT=" + where});
    EXPECT_EQ(finished.exit_code, 128 + 9)
        << words.front() << " at " << where << ", the " << i + 1 << "th of " << deaths << "\n"
        << finished.err;
    died += finished.exit_code == 128 + 9 ? 1 : 0;
  }
  const Finished finished = ends.type(words);
  EXPECT_TRUE(is_fine(finished)) << words.front() << " ended with " << finished.exit_code << "\n"
                                 << finished.err;
  return died;
}

void expect_same_books(const BothEnds& ends, const BothEnds& undisturbed) {
  const json::Document books = ends.typed({"reconcile"});
  const json::Document expected = undisturbed.typed({"reconcile"});
  EXPECT_EQ(books.root()["balanced"].as_boolean(), true);
  EXPECT_EQ(books.root()["mismatches"].as_integer(), 0);
  for (const json::Member count : expected.root()["records"].members())
    EXPECT_EQ(books.root()["records"][count.key].as_integer(), count.value.as_integer())
        << count.key;
}

TEST(KilledAnywhere, EndsAsIfNothingHadHappened) {
  const BothEnds undisturbed(small);
  start(undisturbed);
  std::vector<Transitions> commands;
  commands.reserve(way_there.size());
  for (const auto& words : way_there) commands.push_back(type_counting(undisturbed, words));
  const auto expected = rows_of(undisturbed.destination);

  const BothEnds ends(small);
  const std::string before = ends.destination.digest();
  start(ends);
  const std::size_t points = points_wanted();
  const std::size_t points_back = std::max<std::size_t>(1, points / 6);
  const auto shares = spread(commands, points - points_back);
  std::size_t deaths = 0;
  for (std::size_t i = 0; i < way_there.size(); ++i)
    deaths += type_through(ends, way_there[i], commands[i], shares[i]);

  EXPECT_EQ(rows_of(ends.destination), expected);
  expect_same_books(ends, undisturbed);
  EXPECT_EQ(ends.type({"audit", "verify"}).exit_code, 0);

  const Transitions back = type_counting(undisturbed, way_back);
  deaths += type_through(ends, way_back, back, points_back);
  EXPECT_EQ(ends.destination.digest(), before);
  EXPECT_EQ(deaths, std::accumulate(shares.begin(), shares.end(), points_back))
      << "every point is one death";
  EXPECT_GE(deaths, points);
}

}  // namespace
}  // namespace flit::test
