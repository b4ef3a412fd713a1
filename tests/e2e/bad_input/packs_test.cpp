// Packs that somebody wrote or changed by hand: tests/golden/e2e/packs.txt.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sweep.hpp"

namespace flit::test {
namespace {

namespace fs = std::filesystem;

const std::string path = "packs/paths/interactive-to-dynamics365.yaml";
const std::string source = "packs/sources/interactive.yaml";
const std::string destination = "packs/destinations/dynamics365.yaml";

struct Mistake {
  const char* what;
  std::string file;
  std::function<std::string(std::string)> made;
};

const std::vector<Mistake> mistakes{
    {"a bracket that is not closed", path, swap("tables: [connectionrole]}", "tables: [x}")},
    {"a file that is empty", path, become("")},
    {"a file in another encoding", path, become("path: \xE9t\xE9\n")},
    {"an unknown key", path, swap("stamp: ", "stmap: ")},
    {"a key that stands twice", path, append("owner: ownerid")},
    {"a row that the path does not have", path, swap("row: ID-04}", "row: ID-99}")},
    {"a conversion that does not exist", path, swap("convert: record", "convert: recrod")},
    {"a conversion of a last state that does not exist", path,
     swap("to: actualend}", "to: actualend, convert: tme}")},
    {"a column's type that does not exist", path, swap("type: instant}", "type: moment}")},
    {"a source that does not exist", path, swap("source: interactive", "source: interactiv")},
    {"a destination that does not exist", path, swap("destination: dynamics", "destination: dy")},
    {"a protocol that does not exist", source, swap("speaks: rest", "speaks: rset")},
    {"an unknown key of the source", source, swap("paging: {kind:", "paging: {knid:")},
    {"a kind of paging that does not exist", source, swap("kind: cursor", "kind: crusor")},
    {"text for a number", source, swap("per_second: 8", "per_second: many")},
    {"an unknown key of the destination", destination, swap("page_rows:", "page_row:")},
    {"a window that is no time", destination, swap("window: 300s", "window: 300 parsecs")},
    {"a platform without a name", destination, swap("platform: dynamics365\n", "")},
};

TEST(BrokenPack, IsRefusedWithItsFileAndLineBeforeAnythingIsAsked) {
  const BothEnds ends({.source = {"--generate", "contacts=5", "--seed", "7"}});
  ends.typed({"init", "interactive-to-dynamics365", "--source-url", ends.source.url() + "/api/v1",
              "--destination-url", ends.destination.url(), "--authority", ends.destination.url(),
              "--tenant", "simulated"});
  fs::copy(FLIT_SOURCE_DIR "/packs", ends.project() / "packs", fs::copy_options::recursive);
  const std::vector<std::string> inventory{"--packs", (ends.project() / "packs").string(),
                                           "inventory"};
  Sweep sweep(ends);

  for (const Mistake& mistake : mistakes)
    sweep.expect_with(mistake.what, 2, mistake.file, mistake.made, inventory);

  const fs::path file = ends.project() / source;
  fs::rename(file, ends.project() / "elsewhere.yaml");
  sweep.expect("no file for the source", 2, inventory);
  fs::create_directory(file);
  sweep.expect("a folder for a file", 2, inventory);
  fs::remove(file);
  fs::rename(ends.project() / "elsewhere.yaml", file);
  sweep.expect("no folder of packs", 2,
               {"--packs", (ends.project() / "map").string(), "paths", "list"});

  sweep.expect("and without any mistake", 0, inventory);
  sweep.compare("packs.txt");
}

}  // namespace
}  // namespace flit::test
