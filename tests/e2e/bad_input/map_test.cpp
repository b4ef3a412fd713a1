// The map as people break it: tests/golden/e2e/map.txt.

#include <filesystem>
#include <functional>

#include <gtest/gtest.h>

#include "sweep.hpp"

namespace flit::test {
namespace {

namespace fs = std::filesystem;

const std::string contacts = "map/contacts.yaml";
const std::vector<std::string> check{"map", "check"};

struct Mistake {
  const char* what;
  int exit_code;
  std::function<std::string(std::string)> made;
};

const std::vector<Mistake> mistakes{
    {"a brace that is not closed", 2, swap("to: jobtitle}", "to: jobtitle")},
    {"an unknown key", 2, swap("to: jobtitle}", "too: jobtitle}")},
    {"a key that stands twice", 2, swap("to: jobtitle}", "to: jobtitle, to: x}")},
    {"a map for a list", 2, swap("tables: [contact]", "tables: {a: b}")},
    {"a file that is empty", 2, become("")},
    {"a file of another path", 2, swap("map: interactive-to-dynamics365", "map: leaf360")},
    {"a file for an object that another speaks for", 2, swap("object: contacts", "object: deals")},
    {"a column that does not exist", 4, swap("to: jobtitle}", "to: jobtitel}")},
    {"a field that does not exist", 4, swap("from: job_title", "from: job_titel")},
    {"a table that does not exist", 4, swap("to: lead,", "to: laed,")},
    {"a conversion that does not exist", 4, swap("convert: json", "convert: jsn")},
    {"an option that does not exist", 4, swap("new: New", "new: Neww")},
    {"an object that does not exist", 4, swap("object: contacts", "object: contcts")},
};

class BrokenMap : public testing::Test {
 protected:
  BrokenMap() {
    ends.typed({"init", "interactive-to-dynamics365", "--source-url", ends.source.url() + "/api/v1",
                "--destination-url", ends.destination.url(), "--authority", ends.destination.url(),
                "--tenant", "simulated"});
    ends.typed({"inventory"});
    ends.typed({"map", "propose"});
  }

  BothEnds ends{{.source = {"--generate", "contacts=5", "--seed", "7"}}};
  Sweep sweep{ends};
};

TEST_F(BrokenMap, IsRefusedWithItsFileAndLine) {
  for (const Mistake& mistake : mistakes)
    sweep.expect_with(mistake.what, mistake.exit_code, contacts, mistake.made, check);

  const fs::path file = ends.project() / contacts;
  fs::rename(file, ends.project() / "elsewhere.yaml");
  sweep.expect("no file for an object", 4, check);
  fs::rename(ends.project() / "elsewhere.yaml", file);
  fs::create_directory(ends.project() / "map/folder.yaml");
  sweep.expect("a folder for a file", 2, check);
  fs::remove(ends.project() / "map/folder.yaml");

  sweep.expect("and without any mistake", 0, check);
  sweep.compare("map.txt");
}

TEST_F(BrokenMap, OpensNoGateAndMakesNoPlan) {
  const auto mistake = swap("to: jobtitle}", "to: jobtitel}");

  sweep.expect_with("map confirm", 4, contacts, mistake, {"map", "confirm", "--as", "Kim"});
  sweep.expect_with("approve map", 4, contacts, mistake, {"approve", "map", "--as", "Kim"});
  sweep.expect_with("plan", 4, contacts, mistake, {"plan"});
  ends.typed({"map", "confirm", "--as", "Kim"});
  ends.typed({"plan"});
  ends.typed({"approve", "plan", "--as", "Kim"});
  sweep.expect_with("plan apply", 3, contacts, mistake, {"plan", "apply", "--yes"});
  ends.typed({"plan", "apply", "--yes"});
  sweep.compare("map_gates.txt");
}

}  // namespace
}  // namespace flit::test
