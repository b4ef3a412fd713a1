#include "sim/base/snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_directory.hpp"

namespace flit::sim {
namespace {

using testing::HasSubstr;

class SnapshotTest : public testing::Test {
 protected:
  flit::test::TemporaryDirectory folder_;
  std::string path_ = folder_ / "state.jsonl";
};

TEST_F(SnapshotTest, WhatIsWrittenIsRead) {
  auto writer = SnapshotWriter::create(path_, "demo", 2).value();
  writer.line(R"({"row": 1})");
  writer.line(R"({"row": 2})");
  ASSERT_TRUE(writer.commit());

  auto reader = SnapshotReader::open(path_, "demo", 3).value();

  EXPECT_EQ(reader.version(), 2);
  EXPECT_EQ(reader.line(), R"({"row": 1})");
  EXPECT_EQ(reader.line(), R"({"row": 2})");
  EXPECT_EQ(reader.line(), std::nullopt);
}

TEST_F(SnapshotTest, WithoutCommitTheOldStateStaysAndNothingElse) {
  {
    auto writer = SnapshotWriter::create(path_, "demo", 1).value();
    writer.line("old");
    ASSERT_TRUE(writer.commit());
  }
  { SnapshotWriter::create(path_, "demo", 1).value().line("new"); }

  EXPECT_EQ(SnapshotReader::open(path_, "demo", 1).value().line(), "old");
  EXPECT_FALSE(file_exists(path_ + ".partial"));
}

TEST_F(SnapshotTest, AnotherKindsFileIsRefused) {
  auto writer = SnapshotWriter::create(path_, "demo", 5).value();
  ASSERT_TRUE(writer.commit());

  EXPECT_THAT(SnapshotReader::open(path_, "other", 5).error().text(),
              HasSubstr("no snapshot of flitsim"));
  EXPECT_THAT(SnapshotReader::open(path_, "demo", 4).error().text(), HasSubstr("newer"));
}

TEST_F(SnapshotTest, MissingFilesAndFoldersAreNamed) {
  EXPECT_THAT(read_file(path_).error().text(), HasSubstr(path_));
  EXPECT_THAT(SnapshotReader::open(path_, "demo", 1).error().text(), HasSubstr(path_));
  EXPECT_FALSE(SnapshotWriter::create(folder_ / "no/such/folder", "demo", 1).has_value());
}

}  // namespace
}  // namespace flit::sim
