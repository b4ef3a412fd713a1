// No secret in any byte that the real binaries write, no person in what they tell, and nothing that
// others on the machine could read (design.md §1, invariant 8).

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "every_byte.hpp"
#include "planted_data.hpp"
#include "tests/e2e/migration/both_ends.hpp"
#include "tests/support/background_process.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/raw_server.hpp"

namespace flit::test {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

constexpr const char* token = "planted-token-5e1f";
constexpr const char* secret = "planted-secret-7c1f9e";

/// A migration whose every credential is a text of ours: the source's token, the application's
/// secret, and the bearer that an authority of our own hands out for it.
class Watched : public testing::Test {
 protected:
  Watched() {
    fs::create_directory(temporary());
    fs::permissions(temporary(), fs::perms::owner_all);
  }

  static BothEndsSettings settings(const fs::path& data, const Person& person) {
    write_planted_data(data, person);
    return {.source = {"--data", data.string(), "--token", token}};
  }

  fs::path temporary() const { return folder / "tmp"; }

  /// Types the command; all that it said is kept.
  int type(const std::vector<std::string>& words, std::vector<std::string> more = {}) {
    more.push_back(std::string("FLIT_SOURCE_TOKEN=") + token);
    more.push_back(std::string("FLIT_DEST_CLIENT_SECRET=") + secret);
    more.push_back("TMPDIR=" + temporary().string());
    const Finished finished = ends.type(words, more);
    told.push_back(
        {words.front() + (words.size() > 1 ? " " + words[1] : ""), finished.out + finished.err});
    return finished.exit_code;
  }

  void go(const std::vector<std::string>& words) {
    EXPECT_THAT(type(words), testing::AnyOf(0, 6)) << words.front() << "\n" << told.back().text;
  }

  void prepare() {
    const std::string authority_url = fmt::format("http://127.0.0.1:{}", authority.port());
    go({"init", "interactive-to-dynamics365", "--source-url", ends.source.url() + "/api/v1",
        "--destination-url", ends.destination.url(), "--authority", authority_url, "--tenant",
        "simulated"});
    go({"inventory"});
    go({"map", "propose"});
    go({"map", "show"});
    go({"map", "confirm", "--as", "Kim"});
    go({"plan"});
    go({"approve", "plan", "--as", "Kim"});
    go({"plan", "apply", "--yes"});
    go({"owners", "--fallback", "ada.berg@simulated.example"});
    go({"approve", "owners", "--as", "Kim"});
    go({"preflight"});
  }

  void move() {
    go({"sample", "--size", "10"});
    go({"diff"});
    go({"approve", "sample", "--as", "Kim"});
    go({"run"});
    go({"reconcile"});
    go({"report"});
    go({"status", "--findings"});
    go({"--json", "status"});
    go({"trace", person.id});
    go({"audit", "export"});
  }

  void expect_no_secrets() const {
    std::vector<Bytes> all = files_below(ends.project());
    const std::vector<Bytes> left = files_below(temporary());
    all.insert(all.end(), left.begin(), left.end());
    all.insert(all.end(), told.begin(), told.end());
    for (const std::string& text : {std::string(token), std::string(secret), bearer()})
      for (const Bytes& one : all)
        EXPECT_EQ(one.text.find(text), std::string::npos) << one.name << " holds " << text;
  }

  std::string bearer() const { return ends.destination.access_token(); }

  TemporaryDirectory folder;
  Person person;
  BothEnds ends{settings(folder / "data", person)};
  RawServer authority{always(answer(
      200,
      fmt::format(R"({{"access_token":"{}","expires_in":3599}})", ends.destination.access_token()),
      {{"Content-Type", "application/json"}}))};
  std::vector<Bytes> told;
};

/// Where the values of records have to be, for people to look at them.
bool shows_records(const std::string& file) {
  return file.starts_with("flitstack.db") || file == "out/diff.html" || file == "out/diff.json";
}

TEST_F(Watched, AMigrationTellsNoSecretAndNoPerson) {
  prepare();
  move();

  expect_no_secrets();
  for (const std::string& text : person.all()) {
    for (const Bytes& one : told)
      EXPECT_EQ(one.text.find(text), std::string::npos) << one.name << " tells " << text;
    for (const Bytes& file : files_below(ends.project())) {
      if (shows_records(file.name)) continue;
      EXPECT_EQ(file.text.find(text), std::string::npos) << file.name << " holds " << text;
    }
  }
  EXPECT_THAT(columns_with(ends.project() / "flitstack.db", person.all()), IsEmpty());
  EXPECT_THAT(open_to_others(ends.project()), IsEmpty());
  EXPECT_THAT(files_below(temporary()), IsEmpty());
}

TEST_F(Watched, NoSecretIsInWhatIsSaidOrLeftWhenThingsGoWrong) {
  prepare();
  type({"--json", "sample"}, {"FLIT_CRASH_AT=commit:3"});  // its log is not yet in its pages
  EXPECT_TRUE(fs::exists(ends.project() / "flitstack.db-wal"));
  expect_no_secrets();
  for (const char* kind : {"401", "429", "503", "reset_before", "reset_after", "truncate"}) {
    ends.destination.tell("faults",
                          fmt::format(R"([{{"match":{{}},"rate":0.5,"kind":"{}"}}])", kind));
    ends.source.tell("faults", fmt::format(R"([{{"match":{{}},"rate":0.5,"kind":"{}"}}])", kind));
    type({"sample"});
    type({"--json", "inventory", "--again"});
  }
  ends.destination.tell("faults", "[]");
  ends.source.tell("faults", "[]");
  type({"inventory", "--again"}, {"FLIT_DEST_CLIENT_ID="});
  expect_no_secrets();
  EXPECT_THAT(open_to_others(ends.project()), IsEmpty());
}

/// The process is told to abort while it waits for an answer, its credentials in memory and on the
/// wire.
TEST_F(Watched, ACrashLeavesNoSecretBehind) {
  std::atomic<pid_t> victim{0};
  RawServer source([&](RawConnection& connection, int) {
    if (!connection.read_request()) return;
    while (victim == 0) std::this_thread::yield();
    ::kill(victim, SIGABRT);
    connection.await_close();
  });
  go({"init", "interactive-to-dynamics365", "--source-url",
      fmt::format("http://127.0.0.1:{}", source.port()), "--destination-url",
      ends.destination.url(), "--tenant", "simulated"});
  const std::string said = (folder / "said").string();
  BackgroundProcess crashing(
      {"sh", "-c",
       fmt::format("cd '{}' && export FLIT_SOURCE_TOKEN={} FLIT_DEST_CLIENT_ID=flit "
                   "FLIT_DEST_CLIENT_SECRET={} && ulimit -c unlimited 2>/dev/null; "
                   "exec '{}' --project '{}' inventory >'{}' 2>&1",
                   temporary().string(), token, secret, binary("flitstack"),
                   ends.project().string(), said)});
  victim = crashing.pid();

  EXPECT_EQ(crashing.end_with(0), 128 + SIGABRT);
  told.push_back({"the crash", read_file(said)});
  expect_no_secrets();
  EXPECT_THAT(files_below(temporary()), IsEmpty()) << "no core file";
}

}  // namespace
}  // namespace flit::test
