#include "base/yaml_merge.hpp"

#include <map>

#include <gtest/gtest.h>

#include "base/yaml_reader.hpp"

namespace flit::yaml {
namespace {

using Files = std::map<std::string, std::string>;

Load from(const Files& files) {
  return [&files](const std::string& path) -> Result<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return Error{.fault = Fault::setup, .message = "no such file"};
    return found->second;
  };
}

std::string errors_of(const Files& files) {
  Diagnostics diagnostics;
  EXPECT_FALSE(read_extended("packs/top.yaml", from(files), diagnostics));
  return diagnostics.text();
}

TEST(YamlMerge, MapsMergeDeepAndEverythingElseIsReplaced) {
  const Node base = read("base", "a: {x: 1, y: [1, 2]}\nb: text\nc: {z: 1}\n").value();
  const Node overlay =
      read("over", "a: {y: [3], w: 4}\nb: {deep: true}\nc: null\nd: new\n").value();

  const Node both = merged(base, overlay);

  EXPECT_TRUE(both.same_content(
      read("t", "a: {x: 1, y: [3], w: 4}\nb: {deep: true}\nc: null\nd: new\n").value()));
}

TEST(YamlMerge, EveryValueKeepsTheFileItWasWrittenIn) {
  const Node both = merged(read("base", "a: {x: 1, y: 2}\n").value(),
                           read("over", "# later\na: {y: 3}\n").value());

  const Node& a = both.find("a")->value;
  EXPECT_EQ(a.find("x")->value.at().text(), "base:1:8");
  EXPECT_EQ(a.find("y")->value.at().text(), "over:2:8");
  EXPECT_EQ(a.find("y")->key.at.text(), "over:2:5");
}

TEST(YamlExtends, LaysAFileOverTheOneItNames) {
  const Files files = {
      {"packs/top.yaml", "extends: lib/middle.yaml\nb: top\n"},
      {"packs/lib/middle.yaml", "b: middle\nextends: ../../base.yaml\nc: middle\n"},
      {"base.yaml", "a: base\nb: base\nc: base\n"}};
  Diagnostics diagnostics;

  const auto node = read_extended("packs/top.yaml", from(files), diagnostics);

  ASSERT_TRUE(node) << diagnostics.text();
  EXPECT_TRUE(node->same_content(read("t", "a: base\nb: top\nc: middle\n").value()));
  EXPECT_EQ(node->find("c")->value.at().file(), "packs/lib/middle.yaml");
}

TEST(YamlExtends, AFileThatIsNotThereIsShownWhereItIsNamed) {
  EXPECT_EQ(errors_of({{"packs/top.yaml", "a: 1\nextends: gone.yaml\n"}}),
            "packs/top.yaml:2:10: error: cannot read packs/gone.yaml: no such file\n"
            "    2 | extends: gone.yaml\n"
            "      |          ^~~~~~~~~");
}

TEST(YamlExtends, TheFileItselfMustBeThere) {
  EXPECT_EQ(errors_of({}), "error: cannot read packs/top.yaml: no such file");
}

TEST(YamlExtends, CirclesAndLongChainsAreRefused) {
  EXPECT_NE(errors_of({{"packs/top.yaml", "extends: ./other.yaml"},
                       {"packs/other.yaml", "extends: ../packs/top.yaml"}})
                .find("packs/other.yaml:1:10: error: packs/top.yaml extends itself"),
            std::string::npos);
  Files chain = {{"packs/top.yaml", "extends: 0.yaml"}};
  for (int i = 0; i < 10; ++i)
    chain["packs/" + std::to_string(i) + ".yaml"] = "extends: " + std::to_string(i + 1) + ".yaml";
  EXPECT_NE(errors_of(chain).find("more than 8 files extend each other"), std::string::npos);
}

TEST(YamlExtends, AMistakeInTheBaseIsShownThere) {
  EXPECT_NE(errors_of({{"packs/top.yaml", "extends: base.yaml"}, {"packs/base.yaml", "a: 1\na: 2"}})
                .find("packs/base.yaml:2:1: error"),
            std::string::npos);
  EXPECT_NE(errors_of({{"packs/top.yaml", "extends: [base.yaml]"}})
                .find("'extends' expects the name of a file"),
            std::string::npos);
}

}  // namespace
}  // namespace flit::yaml
