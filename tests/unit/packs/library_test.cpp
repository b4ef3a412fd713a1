#include "packs/library.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/golden.hpp"

namespace flit::packs {
namespace {

Library shipped() {
  auto library = Library::read(shipped_files());
  EXPECT_TRUE(library) << library.error().text();
  return library ? std::move(*library) : Library();
}

TEST(PackLibrary, EverythingThatShipsIsSound) {
  EXPECT_FALSE(shipped().paths().empty());
}

TEST(PackLibrary, WhatIsInTheBinaryIsWhatIsInTheFolder) {
  const auto folder = files_of(std::string(FLIT_SOURCE_DIR) + "/packs");
  ASSERT_TRUE(folder);
  const auto binary = shipped_files();

  ASSERT_EQ(binary.size(), folder->size());
  for (const PackFile& file : binary) {
    const auto same = std::find_if(folder->begin(), folder->end(),
                                   [&](const PackFile& one) { return one.name == file.name; });
    ASSERT_NE(same, folder->end()) << file.name;
    EXPECT_EQ(same->text, file.text) << file.name;
  }
}

TEST(PackLibrary, TheInteractivePathHasTheMissionsRowsAndKinds) {
  const Library library = shipped();
  const auto path = library.path("interactive-to-dynamics365");
  ASSERT_TRUE(path);

  ASSERT_EQ((*path)->rows.size(), 13U);
  for (int i = 0; i < 13; ++i)
    EXPECT_EQ((*path)->rows[static_cast<std::size_t>(i)].id, fmt::format("ID-{:02}", i + 1));
  EXPECT_EQ((*path)->find_row("ID-02")->kind, RowKind::one_to_many);
}

TEST(PackLibrary, EveryColumnThatAMapNamesUnderOurPrefixIsMadeByThePath) {
  const Library library = shipped();
  for (const PathPack& path : library.paths()) {
    std::set<std::pair<std::string, std::string>> made;
    for (const CustomColumn& column : path.columns)
      for (const std::string& table : column.tables) made.emplace(table, column.name);
    for (const mapping::ObjectFile& object : path.objects)
      for (const model::FieldRule& rule : object.fields) {
        if (!rule.to.starts_with("flit_")) continue;
        bool exists = false;
        for (const model::Route& route : object.routes)
          exists |= made.contains({route.table, rule.to});
        EXPECT_TRUE(exists) << path.path << ": " << object.object << "." << rule.from << " → "
                            << rule.to;
      }
  }
}

TEST(PackLibrary, AWrongNameGetsTheRightOne) {
  const auto wrong = shipped().path("interactive-to-dynamics");

  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().text().find("did you mean 'interactive-to-dynamics365'"),
            std::string::npos)
      << wrong.error().text();
}

TEST(PackLibrary, AMistakeInAPackIsShownWhereItStands) {
  const auto broken =
      Library::read({{"paths/x.yaml", "path: x\ntitel: X\nrows: [{id: X-1, kind: \"2:1\"}]\n"}});

  ASSERT_FALSE(broken);
  test::expect_golden("packs/mistakes.txt", broken.error().text());
}

}  // namespace
}  // namespace flit::packs
