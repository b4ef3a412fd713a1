// Every behaviour cites its section of the fact sheet (issue 3): each pair of header and source
// does, but for the machinery named here, of which the sheet does not speak.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
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

}  // namespace
