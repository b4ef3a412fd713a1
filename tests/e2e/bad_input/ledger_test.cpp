// The ledger of another migration, of a newer version, cut, replaced, gone, or in use:
// tests/golden/e2e/ledger.txt.

#include <filesystem>
#include <fstream>
#include <functional>
#include <future>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "sweep.hpp"
#include "tests/support/background_process.hpp"
#include "tests/support/raw_server.hpp"

namespace flit::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* our_id = "9d1f0e52-8f3a-5b0e-9c64-0d5b7a6f1c11";
constexpr const char* other_id = "11111111-8f3a-5b0e-9c64-0d5b7a6f1c11";
const std::vector<std::string> status{"status"};

void run_sql(const fs::path& file, const std::string& statements) {
  sqlite3* database = nullptr;
  sqlite3_open(file.c_str(), &database);
  EXPECT_EQ(sqlite3_exec(database, statements.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
}

class LedgerTrouble : public testing::Test {
 protected:
  LedgerTrouble() {
    ends.typed(init(our_id));
    ends.typed({"inventory"});
    copy = sweep.read("flitstack.db");
  }

  std::vector<std::string> init(const char* id) const {
    return {"init",
            "interactive-to-dynamics365",
            "--source-url",
            ends.source.url() + "/api/v1",
            "--destination-url",
            ends.destination.url(),
            "--authority",
            ends.destination.url(),
            "--tenant",
            "simulated",
            "--id",
            id};
  }

  fs::path file() const { return ends.project() / "flitstack.db"; }

  void put_back() {
    fs::remove_all(file());
    sweep.write("flitstack.db", copy);
  }

  void expect(const char* what, const std::function<void()>& change,
              const std::vector<std::string>& words = status) {
    change();
    sweep.expect(what, 2, words);
    put_back();
  }

  BothEnds ends{{.source = {"--generate", "contacts=5", "--seed", "7"}}};
  Sweep sweep{ends};
  std::string copy;
};

TEST_F(LedgerTrouble, IsToldAndNothingIsWritten) {
  expect("it is gone", [&] { fs::remove(file()); });
  expect("it is cut in half", [&] { fs::resize_file(file(), copy.size() / 2); });
  expect("fifty bytes are left", [&] { fs::resize_file(file(), 50); });
  expect("nothing is left", [&] { fs::resize_file(file(), 0); });
  expect(
      "nothing is left, and init is typed again", [&] { fs::resize_file(file(), 0); },
      init(our_id));
  expect("it is a text", [&] { sweep.write("flitstack.db", "Dear diary\n"); });
  expect("it is a folder", [&] {
    fs::remove(file());
    fs::create_directory(file());
  });
  expect("it is somebody else's database", [&] {
    fs::remove(file());
    run_sql(file(), "CREATE TABLE diary (entry TEXT)");
  });
  expect("a newer version wrote it", [&] { run_sql(file(), "PRAGMA user_version = 1000"); });
  expect("it is that of another migration",
         [&] { run_sql(file(), fmt::format("UPDATE migration SET id = '{}'", other_id)); });
  expect("it is that of another path",
         [&] { run_sql(file(), "UPDATE migration SET path = 'leaf360-to-dynamics365'"); });

  sweep.expect("and with the right one", 0, status);
  sweep.compare("ledger.txt");
}

TEST_F(LedgerTrouble, TwoProcessesDoNotWorkOnOneFolder) {
  std::promise<void> asked;
  RawServer slow([&](RawConnection& connection, int number) {
    if (!connection.read_request()) return;
    if (number == 0) asked.set_value();
    connection.await_close();
  });
  const std::string before = sweep.read("flitstack.yaml");
  sweep.write("flitstack.yaml",
              replaced(before, ends.source.url(), fmt::format("http://127.0.0.1:{}", slow.port())));
  BackgroundProcess first({"env", "FLIT_SOURCE_TOKEN=x", "FLIT_DEST_CLIENT_ID=flit",
                           "FLIT_DEST_CLIENT_SECRET=flit", binary("flitstack"), "--project",
                           ends.project().string(), "inventory", "--again"});
  asked.get_future().wait();

  sweep.expect("another process reads the source", 2, status);
  sweep.expect("another process reads the source", 2, {"run"});
  first.end_with(SIGKILL);
  sweep.write("flitstack.yaml", before);
  sweep.expect("the other one was killed", 0, {"inventory", "--again"});
  sweep.compare("two_processes.txt");
}

}  // namespace
}  // namespace flit::test
