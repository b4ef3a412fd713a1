#include "tests/support/golden.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace flit::test {
namespace {

std::string line_of(std::istringstream& text) {
  std::string line;
  return std::getline(text, line) ? line : std::string("(end of text)");
}

std::string first_difference(const std::string& expected, const std::string& actual) {
  std::istringstream left(expected);
  std::istringstream right(actual);
  for (int number = 1; left && right; ++number) {
    const std::string a = line_of(left);
    const std::string b = line_of(right);
    if (a != b) return "line " + std::to_string(number) + "\n  golden: " + a + "\n  actual: " + b;
  }
  return "only line ends differ";
}

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) ADD_FAILURE() << "cannot read " << path;
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

void expect_golden(std::string_view name, const std::string& actual) {
  const std::filesystem::path path =
      std::filesystem::path(FLIT_SOURCE_DIR) / "tests" / "golden" / name;
  if (std::getenv("FLIT_ACCEPT") != nullptr) {  // NOLINT(concurrency-mt-unsafe): tests only read it
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path << " does not exist; FLIT_ACCEPT=1 records it";
  const std::string expected = read_file(path.string());
  EXPECT_TRUE(expected == actual) << path << " differs at " << first_difference(expected, actual)
                                  << "\nFLIT_ACCEPT=1 records the new text";
}

}  // namespace flit::test
