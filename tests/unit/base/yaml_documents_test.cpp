// The YAML that people really write: every example of the fact sheets, and every pack we ship.

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/yaml_reader.hpp"
#include "tests/support/golden.hpp"

namespace flit::yaml {
namespace {

namespace fs = std::filesystem;

struct Example {
  std::string name;
  std::string text;
};

/// What stands between ```yaml and ```.
std::vector<Example> examples_in(const fs::path& page) {
  std::vector<Example> examples;
  std::istringstream in(test::read_file(page.string()));
  bool is_inside = false;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("```")) {
      is_inside = line == "```yaml";
      if (is_inside)
        examples.push_back({page.filename().string() + ":" + std::to_string(number), ""});
    } else if (is_inside) {
      examples.back().text += line + "\n";
    }
  }
  return examples;
}

TEST(YamlDocuments, EveryExampleOfTheFactSheetsCanBeRead) {
  const fs::path facts = fs::path(FLIT_SHARED_DIR) / "facts";
  if (!fs::exists(facts)) GTEST_SKIP() << facts << " is not here";

  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(facts)) {
    for (const Example& example : examples_in(entry.path())) {
      const auto root = read(example.name, example.text);
      EXPECT_TRUE(root) << root.error().text();
      ++count;
    }
  }

  EXPECT_GE(count, 2U) << "the fact sheets have examples";
}

TEST(YamlDocuments, EveryPackCanBeRead) {
  const fs::path packs = fs::path(FLIT_SOURCE_DIR) / "packs";
  if (!fs::exists(packs)) GTEST_SKIP() << "there are no packs yet";

  for (const auto& entry : fs::recursive_directory_iterator(packs)) {
    if (entry.path().extension() != ".yaml") continue;
    const auto root = read(entry.path().string(), test::read_file(entry.path().string()));
    EXPECT_TRUE(root) << root.error().text();
  }
}

}  // namespace
}  // namespace flit::yaml
