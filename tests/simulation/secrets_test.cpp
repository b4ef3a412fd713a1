// No secret in any byte that is written, no person in what is told: every file of the project, the
// ledger's pages and log as they lie on the disk, events, documents and errors of whole migrations,
// those with trouble too (design.md §1, invariant 8).

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/json_reader.hpp"
#include "process.hpp"
#include "sim/base/request.hpp"

namespace flit::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* planted_secret = "planted-client-secret-7c1f9e";

class Listening final : public EventSink {
 public:
  void on(const Event& event) override { told += event.sentence() + "\n"; }
  std::string told{};
};

/// Names and addresses of people at the source.
std::vector<std::string> people_of(World& world) {
  std::vector<std::string> people;
  sim::Headers headers;
  headers.add("Authorization", "Bearer " + world.source().access().access_token);
  const auto asked = sim::Request::make(
      "GET", "/api/v1/objects/contacts?properties=email,last_name&limit=100", headers);
  const sim::Response answer = world.source().handle(*asked);
  const auto document = json::parse(answer.body);
  for (const json::Value contact : document->root()["results"].elements())
    for (const char* property : {"email", "last_name"}) {
      const std::string_view text = contact["properties"][property].string_or("");
      if (text.size() > 5) people.emplace_back(text);
    }
  return people;
}

struct Written {
  std::string files{};   ///< of the project folder
  std::string ledger{};  ///< on the disk
  std::string told{};    ///< events, errors, endings
  std::set<std::string> secrets{};
  std::vector<std::string> people{};
  std::vector<std::string> readable_by_others{};
};

std::string bytes_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void read_folder(const fs::path& folder, Written& written) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    written.files += entry.path().filename().string() + "\n" + bytes_of(entry.path());
    struct stat seen {};
    if (::stat(entry.path().c_str(), &seen) == 0 && (seen.st_mode & 077U) != 0)
      written.readable_by_others.push_back(fs::relative(entry.path(), folder).string());
  }
}

/// A migration there and back; commands that stop are run again without trouble.
Written migrate(const FaultPlan& plan) {
  World world({.data = {.contacts = 6, .companies = 3, .deals = 3, .activities = 8, .seed = 7},
               .client_secret = planted_secret});
  Written written{.people = people_of(world)};
  Listening listening;
  Story story;
  std::uint64_t seed = 100;
  const auto run = [&](const Step& step, const FaultPlan& trouble) {
    const ProcessEnd end =
        run_process(world, step, {.plan = trouble, .seed = ++seed, .events = &listening}, story);
    written.secrets.insert(end.bearers.begin(), end.bearers.end());
    written.told += end.bug;
    if (!end.ended.exit) written.told += end.ended.exit.error().text() + "\n";
    return !end.died && end.ended.exit.has_value();
  };
  for (const Step& step : whole_way()) {
    bool done = false;
    for (int tries = 0; tries < 4 && !done; ++tries) done = run(step, plan);
    EXPECT_TRUE(done || run(step, FaultPlan::none())) << step.name << "\n" << written.told;
  }
  written.secrets.insert({world.source().access().access_token, planted_secret});
  written.told += listening.told;
  written.ledger = world.disk().all_bytes();
  read_folder(world.project(), written);
  return written;
}

FaultPlan troubled() {
  FaultPlan plan;
  plan.per_mille.fill(25);
  plan.crash_at_switch = 900;
  plan.room_kib = 900;
  plan.tokens_end = true;
  return plan;
}

void expect_clean(const Written& written) {
  ASSERT_GE(written.secrets.size(), 3U) << "both ends and a token";
  ASSERT_GT(written.ledger.size(), 100'000U);
  ASSERT_GE(written.people.size(), 6U);
  for (const std::string& secret : written.secrets) {
    EXPECT_EQ(written.files.find(secret), std::string::npos) << "a file holds " << secret;
    EXPECT_EQ(written.ledger.find(secret), std::string::npos) << "the ledger holds " << secret;
    EXPECT_EQ(written.told.find(secret), std::string::npos) << "somebody was told " << secret;
  }
  for (const std::string& person : written.people)
    EXPECT_EQ(written.told.find(person), std::string::npos) << "somebody was told " << person;
  EXPECT_THAT(written.readable_by_others, testing::IsEmpty());
}

TEST(Secrets, AreInNoByteThatAMigrationWrites) {
  expect_clean(migrate(FaultPlan::none()));
}

TEST(Secrets, AreNotEvenToldByAMigrationInTrouble) {
  expect_clean(migrate(troubled()));
}

}  // namespace
}  // namespace flit::test
