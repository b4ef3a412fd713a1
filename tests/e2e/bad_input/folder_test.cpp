// A folder that cannot be written, files that cannot be read, a disk that is full:
// tests/golden/e2e/folder.txt and disk.txt.

#include <filesystem>
#include <functional>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "sweep.hpp"

namespace flit::test {
namespace {

namespace fs = std::filesystem;

constexpr uid_t nobody = 65534;
const std::vector<std::string> status{"status"};

/// Root may write everywhere: then the commands are typed by somebody else.
class Folder : public testing::Test {
 protected:
  void SetUp() override {
    ends.prepare();
    if (::geteuid() != 0) return;
    const std::vector<std::string> as_nobody{"setpriv", "--reuid=65534", "--regid=65534",
                                             "--clear-groups"};
    if (ends.type_through(as_nobody, {"--version"}).exit_code != 0)
      GTEST_SKIP() << "root may do everything, and the binary cannot be run by anybody else";
    fs::permissions(ends.project().parent_path(), fs::perms(0755));
    ::chown(ends.project().c_str(), nobody, nobody);
    for (const auto& entry : fs::recursive_directory_iterator(ends.project()))
      ::chown(entry.path().c_str(), nobody, nobody);
    sweep.through(as_nobody);
  }

  void expect(const char* what, const std::string& name, unsigned mode,
              const std::vector<std::string>& words) {
    const fs::path path = ends.project() / name;
    const fs::perms before = fs::status(path).permissions();
    fs::permissions(path, fs::perms(mode));
    sweep.expect(what, 2, words);
    fs::permissions(path, before);
  }

  BothEnds ends{{.source = {"--generate", "contacts=5", "--seed", "7"}}};
  Sweep sweep{ends};
};

TEST_F(Folder, WithoutPermissionSaysWhichAndWhatToDo) {
  expect("the folder is read-only", "", 0500, status);
  expect("the ledger is read-only", "flitstack.db", 0400, status);
  expect("the ledger cannot be read", "flitstack.db", 0, status);
  expect("flitstack.yaml cannot be read", "flitstack.yaml", 0, status);
  expect("a file of the map cannot be read", "map/contacts.yaml", 0, {"map", "check"});
  expect("the map cannot be entered", "map", 0, {"map", "check"});
  expect("reports cannot be written", "out", 0500, {"report"});
  expect("the plan cannot be written", "out", 0500, {"plan"});

  sweep.expect("and with permissions as they were", 0, status);
  sweep.expect("and with permissions as they were", 0, {"report"});
  sweep.compare("folder.txt");
}

/// A small disk of its own at the place of the project.
class SmallDisk {
 public:
  explicit SmallDisk(fs::path where) : where_(std::move(where)) {
    fs::create_directories(where_);
    works_ = ::mount("tmpfs", where_.c_str(), "tmpfs", 0, "size=64m") == 0;
  }
  ~SmallDisk() {
    if (works_) ::umount2(where_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool works() const { return works_; }

  void leave_free(std::uint64_t kib) const {
    struct statvfs seen {};
    ::statvfs(where_.c_str(), &seen);
    const std::uint64_t used = (seen.f_blocks - seen.f_bfree) * seen.f_frsize / 1024;
    resize(used + kib);
  }

  void resize(std::uint64_t kib) const {
    EXPECT_EQ(
        ::mount("tmpfs", where_.c_str(), "tmpfs", MS_REMOUNT, fmt::format("size={}k", kib).c_str()),
        0);
  }

 private:
  fs::path where_;
  bool works_ = false;
};

TEST(FullDisk, StopsACommandWhichGoesOnWhenThereIsRoom) {
  const BothEnds ends({.source = {"--generate", "contacts=40", "--seed", "7"}});
  const SmallDisk disk(ends.project());
  if (!disk.works()) GTEST_SKIP() << "no disk of its own can be had here";
  Sweep sweep(ends);
  ends.prepare();
  ends.sample();

  disk.leave_free(150);
  sweep.expect("the disk is full", 2, {"run"});
  sweep.expect("the disk is still full", 2, {"report"});
  disk.resize(65536);
  sweep.expect("there is room again", 0, {"run"});
  const json::Document books = ends.typed({"reconcile"});
  EXPECT_EQ(books.root()["balanced"].as_boolean(), true);
  EXPECT_EQ(books.root()["mismatches"].as_integer(), 0);
  sweep.expect("and for the reports", 0, {"report"});
  EXPECT_EQ(ends.type({"audit", "verify"}).exit_code, 0);
}

}  // namespace
}  // namespace flit::test
