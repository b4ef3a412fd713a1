// Dependencies point down: every #include of ours, and every room's USES in CMake, is allowed by
// the table of docs/architecture.md; fenced third-party headers stay in the rooms named there.

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path root = FLIT_SOURCE_DIR;

struct House {
  std::map<std::string, std::set<std::string>> rooms;   // room → rooms that it may include
  std::map<std::string, std::set<std::string>> fences;  // header prefix → rooms
};

std::set<std::string> quoted_names(const std::string& cell) {
  static const std::regex name("`([^`]+)`");
  std::set<std::string> names;
  for (auto it = std::sregex_iterator(cell.begin(), cell.end(), name); it != std::sregex_iterator();
       ++it)
    names.insert((*it)[1]);
  return names;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line.substr(1));
  for (std::string cell; std::getline(in, cell, '|');) cells.push_back(cell);
  return cells;
}

House read_house() {
  House house;
  std::ifstream in(root / "docs/architecture.md");
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("| `", 0) != 0) continue;
    const auto cells = cells_of(line);
    if (cells.size() >= 3) {
      for (const auto& room : quoted_names(cells[0])) house.rooms[room] = quoted_names(cells[2]);
    } else {
      for (const auto& header : quoted_names(cells[0]))
        house.fences[header] = quoted_names(cells[1]);
    }
  }
  return house;
}

/// The room a file lives in: the longest room name that starts its path.
std::string room_of(const House& house, const std::string& path) {
  std::string best;
  for (const auto& [room, uses] : house.rooms)
    if (path.rfind(room + "/", 0) == 0 && room.size() > best.size()) best = room;
  return best;
}

struct Include {
  fs::path file;
  int line;
  std::string target;
  bool ours;
};

std::vector<Include> includes_below(const std::string& folder) {
  static const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Include> found;
  if (!fs::exists(root / folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const auto extension = entry.path().extension();
    if (extension != ".cpp" && extension != ".hpp") continue;
    std::ifstream in(entry.path());
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      std::smatch match;
      if (std::regex_search(line, match, include))
        found.push_back({fs::relative(entry.path(), root), number, match[2], match[1] == "\""});
    }
  }
  return found;
}

std::string place(const Include& include) {
  return include.file.string() + ":" + std::to_string(include.line) + " includes " + include.target;
}

/// "base/id.hpp" stands in src/base, "sim/base/server.hpp" in sim/base.
std::string path_of_target(const std::string& target) {
  return fs::exists(root / "src" / target) ? "src/" + target : target;
}

TEST(Architecture, TheTableNamesEveryRoomThatExists) {
  const House house = read_house();
  ASSERT_GE(house.rooms.size(), 5U) << "docs/architecture.md has no table";
  for (const std::string floor : {"src", "sim", "apps"})
    for (const auto& entry : fs::directory_iterator(root / floor)) {
      const std::string folder = floor + "/" + entry.path().filename().string();
      if (!entry.is_directory()) continue;
      bool is_room_or_holds_rooms = false;
      for (const auto& [room, uses] : house.rooms)
        is_room_or_holds_rooms |= room == folder || room.rfind(folder + "/", 0) == 0;
      EXPECT_TRUE(is_room_or_holds_rooms) << folder << " is missing from docs/architecture.md";
    }
}

TEST(Architecture, EveryRoomSaysWhatItIs) {
  for (const auto& [room, uses] : read_house().rooms) {
    EXPECT_TRUE(fs::exists(root / room / "CMakeLists.txt")) << room;
    EXPECT_TRUE(fs::exists(root / room / "README.md")) << room << " has no README.md";
  }
}

TEST(Architecture, IncludesPointDown) {
  const House house = read_house();
  for (const std::string floor : {"src", "sim", "apps", "tests/support"})
    for (const Include& include : includes_below(floor)) {
      if (!include.ours) continue;
      const std::string from = room_of(house, include.file.string());
      const std::string to = room_of(house, path_of_target(include.target));
      EXPECT_FALSE(to.empty()) << place(include) << ", which is in no room";
      if (from == to || to.empty()) continue;
      EXPECT_TRUE(house.rooms.at(from).contains(to))
          << place(include) << ": " << from << " may not include " << to;
    }
}

TEST(Architecture, ThirdPartyHeadersStayBehindTheirFence) {
  const House house = read_house();
  ASSERT_FALSE(house.fences.empty());
  for (const std::string floor : {"src", "sim", "apps"})
    for (const Include& include : includes_below(floor)) {
      for (const auto& [header, rooms] : house.fences) {
        if (include.ours || include.target.rfind(header, 0) != 0) continue;
        EXPECT_TRUE(rooms.contains(room_of(house, include.file.string())))
            << place(include) << ", which is fenced";
        EXPECT_EQ(include.file.extension(), ".cpp") << place(include) << " in a header";
      }
    }
}

/// "base" → src/base, "sim_base" → sim/base, "sources_rest" → src/sources/rest.
std::string room_of_library(const House& house, std::string library) {
  for (const auto& [room, uses] : house.rooms) {
    std::string name = room.rfind("src/", 0) == 0 ? room.substr(4) : room;
    for (char& c : name) c = c == '/' ? '_' : c;
    if (name == library) return room;
  }
  return library == "test_support" ? "tests/support" : "";
}

TEST(Architecture, WhatCMakeLinksIsWhatTheTableAllows) {
  const House house = read_house();
  std::istringstream declared(FLIT_DECLARED_ROOMS);
  int count = 0;
  for (std::string line; std::getline(declared, line); ++count) {
    const std::string library = line.substr(0, line.find(':'));
    const std::string room = room_of_library(house, library);
    ASSERT_FALSE(room.empty()) << "library " << library << " is no room of docs/architecture.md";
    std::istringstream uses(line.substr(line.find(':') + 1));
    for (std::string used; std::getline(uses, used, ',');)
      EXPECT_TRUE(house.rooms.at(room).contains(room_of_library(house, used)))
          << "CMake lets " << room << " use " << used << ", the table does not";
  }
  EXPECT_GT(count, 0);
}

}  // namespace
