#include "apps/wiring/map_reader.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/temporary_directory.hpp"

namespace flit::wiring {
namespace {

/// A map of one object that is held, and why.
std::string held(const std::string& object, const std::string& why) {
  return "map: a-to-b\nobject: " + object + "\nheld: " + why + "\n";
}

class MapReaderTest : public testing::Test {
 protected:
  void put(const std::string& file, const std::string& text) const {
    std::ofstream(folder / file, std::ios::binary) << text;
  }
  std::string why(std::size_t object = 0) {
    const auto map = reader.read(folder.path());
    return map ? map->objects.at(object).held : "refused: " + map.error().text();
  }

  test::TemporaryDirectory folder;
  MapReader reader;
};

TEST_F(MapReaderTest, SeesEveryEditOfTheSameCommand) {
  put("one.yaml", held("one", "first"));
  EXPECT_EQ(why(), "first");
  EXPECT_EQ(why(), "first");

  put("one.yaml", held("one", "other"));  // as long as before, within the same second
  EXPECT_EQ(why(), "other");
  put("two.yaml", held("two", "added"));
  EXPECT_EQ(why(1), "added");
  std::filesystem::remove(folder / "one.yaml");
  EXPECT_EQ(why(), "added");
}

TEST_F(MapReaderTest, AMistakeIsNeverAnsweredWithTheMapOfBefore) {
  put("one.yaml", held("one", "first"));
  EXPECT_EQ(why(), "first");

  put("one.yaml", "map: [");
  EXPECT_TRUE(why().starts_with("refused: ")) << why();
  std::filesystem::remove(folder / "one.yaml");
  EXPECT_TRUE(why().starts_with("refused: ")) << why();
  put("one.yaml", held("one", "first"));
  EXPECT_EQ(why(), "first");
}

}  // namespace
}  // namespace flit::wiring
