// Every behaviour cites its section of the fact sheet (issue 3): each pair of header and source
// does, but for the machinery named here, of which the sheet does not speak. Every operation of the
// README's table names a test (issue 7).

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const std::set<std::string> machinery{
    "errors/from_error",  // which library error becomes which refusal
    "facts/embedded",     // the tables as bytes
    "facts/line",         // a line of theirs
    "organization/ids",   // ids of rows whose client sent none
    "records/id_order",   // records/: how rows are kept
    "records/link_table",
    "records/record_store",
    "records/referrer_index",
    "records/row",
    "records/transaction",
    "records/uuid_index",
    "solutions/solution_archive",  // unpacking
    "solutions/xml_events",
    "values/text_arena",
};

bool cites(const std::string& text) {
  return text.find("§") != std::string::npos;
}

TEST(Citations, EveryBehaviourOfTheSimulatorNamesItsSection) {
  const fs::path room = fs::path(FLIT_SOURCE_DIR) / "sim/dataverse";
  std::map<std::string, bool> cited;
  for (const auto& entry : fs::recursive_directory_iterator(room)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".cpp" && path.extension() != ".hpp") continue;
    std::ifstream in(path);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    cited[fs::relative(path, room).replace_extension().generic_string()] |= cites(text);
  }

  ASSERT_GT(cited.size(), 100U);
  for (const auto& [stem, does] : cited)
    EXPECT_TRUE(does || machinery.contains(stem)) << stem << " cites no section";
  for (const std::string& stem : machinery)
    EXPECT_TRUE(cited.contains(stem)) << stem << " is gone: take it off the list";
}

/// The tests that a row of the README's table of operations names, by its last column.
std::set<std::string> tests_named(const std::string& row) {
  std::set<std::string> names;
  const std::size_t end = row.find_last_of('|');
  const std::size_t begin = row.find_last_of('|', end - 1) + 1;
  std::istringstream cell(row.substr(begin, end - begin));
  for (std::string name; std::getline(cell, name, ',');) {
    const std::size_t first = name.find_first_not_of(' ');
    if (first != std::string::npos)
      names.insert(name.substr(first, name.find_last_not_of(' ') - first + 1));
  }
  return names;
}

bool is_test(const std::string& name) {
  const fs::path tests = fs::path(FLIT_SOURCE_DIR) / "tests";
  const fs::path component = tests / "component/dataverse", unit = tests / "unit";
  const std::map<std::string, fs::path> others{
      {"flows", component / "process_flows_test.cpp"},
      {"session", component / "session.sh"},
      {"odata", unit / "sim_dataverse_odata"},
      {"batch units", unit / "sim_dataverse_batch"},
      {"js", tests / "clients/dynamics-web-api"},
      {"fuzz", fs::path(FLIT_SOURCE_DIR) / "fuzz/dataverse_url.cpp"}};
  if (const auto other = others.find(name); other != others.end()) return fs::exists(other->second);
  return fs::exists(component / (name + "_test.cpp")) ||
         fs::exists(component / (name + "_client_test.cpp")) ||
         fs::exists(unit / "sim_dataverse" / (name + "_test.cpp"));
}

TEST(Citations, EveryOperationThatIsDoneNamesATestThatExists) {
  std::ifstream in(fs::path(FLIT_SOURCE_DIR) / "sim/dataverse/README.md");
  int operations = 0;
  for (std::string line; std::getline(in, line) && line.find("## Readings") != 0;) {
    if (line.rfind("| ", 0) != 0 || line.find("| fact sheet |") == 0) continue;
    ++operations;
    const auto names = tests_named(line);
    EXPECT_TRUE(!names.empty() || line.find("| missing") != std::string::npos) << line;
    for (const std::string& name : names) EXPECT_TRUE(is_test(name)) << name << " in " << line;
  }
  EXPECT_GT(operations, 40);
}

}  // namespace
