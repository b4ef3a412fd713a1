// The figures that the proposer must keep, measured by the scorer itself. Needs the labelled
// scenarios beside the project and python3; says so and is skipped where they are not.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "base/json_reader.hpp"
#include "base/text.hpp"
#include "tests/support/temporary_directory.hpp"

namespace flit {
namespace {

namespace fs = std::filesystem;

const fs::path mapping = fs::path(FLIT_SHARED_DIR) / "data/mapping";

bool runs(const std::string& command) {
  return std::system(command.c_str()) == 0;  // NOLINT(concurrency-mt-unsafe): tests have one thread
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// From where on a proposal counts as made, as the shipped model says.
double shipped_threshold() {
  std::istringstream lines(text_of(fs::path(FLIT_SOURCE_DIR) / "src/automap/model.txt"));
  for (std::string key; lines >> key;)
    if (double value = 0.0; key == "threshold" && lines >> value) return value;
  ADD_FAILURE() << "the model names no threshold";
  return 0.5;
}

class AutomapGate : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(mapping / "score.py"))
      GTEST_SKIP() << "no labelled scenarios at " << mapping.string();
    if (!runs("python3 -c pass")) GTEST_SKIP() << "the scorer needs python3";
  }

  void lab(const std::string& arguments) {
    ASSERT_TRUE(runs(fmt::format("'{}/automap_lab' {} > '{}/log'", FLIT_BIN_DIR, arguments,
                                 folder_.path().string())))
        << arguments;
  }

  /// Scores of all scenarios together.
  void score(const fs::path& gold, const fs::path& predictions) {
    const fs::path out = folder_.path() / "scores.json";
    ASSERT_TRUE(runs(fmt::format("python3 '{}' '{}' '{}' --threshold {} --json > '{}'",
                                 (mapping / "score.py").string(), gold.string(),
                                 predictions.string(), shipped_threshold(), out.string())));
    // Python writes a mean of nothing as NaN, which no JSON knows.
    text_ = text::replace_all(text_of(out), "NaN", "null");
    auto root = document_.read(text_);
    ASSERT_TRUE(root) << text_;
    micro_ = (*root)["micro"];
  }

  double figure(const std::string& name) const { return micro_[name].as_double().value_or(-1.0); }

  test::TemporaryDirectory folder_;
  json::Document document_;
  json::Value micro_;
  std::string text_;
};

TEST_F(AutomapGate, SystemsThatWereLeftOutReachTheFiguresAskedFor) {
  const fs::path predictions = folder_.path() / "predictions";

  lab(fmt::format("crossval '{}' '{}' --quick --also '{}/tests/data/automap/further'",
                  (mapping / "dev").string(), predictions.string(), FLIT_SOURCE_DIR));
  score(mapping / "dev", predictions);

  EXPECT_GE(figure("recall_at_1"), 0.90);
  EXPECT_GE(figure("recall_at_3"), 0.95);
  EXPECT_GE(figure("mrr"), 0.92);
  EXPECT_GE(figure("precision"), 0.94);
  EXPECT_GE(figure("recall"), 0.82);
  EXPECT_GE(figure("negatives_left_unmapped"), 0.93);
  EXPECT_GE(figure("hard_negatives_left_unmapped"), 0.90);
  EXPECT_LE(figure("ece"), 0.03);
  EXPECT_GE(figure("value_accuracy"), 0.88);
  EXPECT_GE(figure("auto_accept_at_97"), 0.60);
}

// A few points below what was measured: systems that nobody trained on must not fall behind.
TEST_F(AutomapGate, SystemsThatNobodyTrainedOnStayCloseBehind) {
  const fs::path gold = folder_.path() / "gold";
  fs::create_directory_symlink(mapping / "dest", folder_.path() / "dest");
  fs::create_directory_symlink(fs::path(FLIT_SOURCE_DIR) / "tests/data/automap/held_out", gold);
  const fs::path predictions = folder_.path() / "predictions";

  lab(fmt::format("predict '{}' '{}' '{}/src/automap/model.txt'", gold.string(),
                  predictions.string(), FLIT_SOURCE_DIR));
  score(gold, predictions);

  EXPECT_GE(figure("recall_at_1"), 0.92);
  EXPECT_GE(figure("precision"), 0.93);
  EXPECT_GE(figure("recall"), 0.87);
  EXPECT_GE(figure("negatives_left_unmapped"), 0.93);
  EXPECT_GE(figure("hard_negatives_left_unmapped"), 0.91);
  EXPECT_LE(figure("ece"), 0.06);
  EXPECT_GE(figure("auto_accept_at_97"), 0.58);
}

}  // namespace
}  // namespace flit
