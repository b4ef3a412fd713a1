// Schemas that change between stages, on either side: what is said of it, and that nothing moves by
// a map that no longer fits.

#include <filesystem>
#include <fstream>
#include <regex>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sweep.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/raw_http.hpp"

namespace flit::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* token = "int_pat_of_this_test";

/// A data set of flitsim in a folder, and what is changed in it.
class DataSet {
 public:
  explicit DataSet(const fs::path& folder) : folder_(folder) {
    const Finished made = run_process({binary("flitsim"), "interactive", "--generate", "contacts=5",
                                       "--seed", "7", "--write", folder.string()});
    EXPECT_EQ(made.exit_code, 0) << made.err;
  }

  void change(const std::string& file, const std::function<std::string(std::string)>& by) const {
    const std::string text = read_file((folder_ / file).string());
    std::ofstream(folder_ / file, std::ios::binary) << by(text);
  }

  Simulated serve() const {
    return Simulated({"interactive", "--port", "0", "--data", folder_.string(), "--token", token});
  }

 private:
  fs::path folder_;
};

/// What begins like this, from its brace to its brace.
std::string braced(const std::string& schema, const std::string& begin) {
  const std::size_t at = schema.find(begin);
  int depth = 0;
  for (std::size_t i = at; i < schema.size(); ++i) {
    depth += schema[i] == '{' ? 1 : schema[i] == '}' ? -1 : 0;
    if (depth == 0) return schema.substr(at, i + 1 - at);
  }
  ADD_FAILURE() << "no " << begin;
  return {};
}

/// The description of the first property of that name.
std::string property(const std::string& schema, const std::string& name) {
  return braced(schema, R"({"name":")" + name + "\"");
}

std::string without_object(const std::string& schema, const std::string& name) {
  return replaced(schema, braced(schema, R"({"object":{"name":")" + name + "\"") + ",", "");
}

std::string without_property(const std::string& schema, const std::string& name) {
  return replaced(schema, property(schema, name) + ",", "");
}

std::string with_property(const std::string& schema, const std::string& like,
                          const std::string& name) {
  const std::string known = property(schema, like);
  return replaced(schema, known, known + "," + replaced(known, like, name));
}

std::string with_type(const std::string& schema, const std::string& name, const std::string& type) {
  const std::string known = property(schema, name);
  return replaced(
      schema, known,
      std::regex_replace(known, std::regex("\"type\":\"[a-z_]+\""), "\"type\":\"" + type + "\"",
                         std::regex_constants::format_first_only));
}

std::string without_first_option(const std::string& schema, const std::string& name) {
  const std::string known = property(schema, name);
  const std::size_t open = known.find("\"options\":[{") + std::string("\"options\":[").size();
  const std::size_t close = known.find("},", open);
  return replaced(schema, known, known.substr(0, open) + known.substr(close + 2));
}

struct Change {
  const char* what;
  std::function<std::string(std::string)> schema;
  const char* says;  ///< inventory --again
  int map_check;
  int preflight;
};

const std::vector<Change> changes{
    {"a property vanishes", [](const std::string& s) { return without_property(s, "job_title"); },
     "contacts › job_title: a field that the source no longer has", 4, 4},
    {"a property comes",
     [](const std::string& s) { return with_property(s, "job_title", "c_new"); },
     "contacts › c_new: a field that was not there before", 4, 4},
    {"a type changes", [](const std::string& s) { return with_type(s, "score", "string"); },
     "contacts › score: a field of another type than before: text was", 0, 0},
    {"an option vanishes",
     [](const std::string& s) { return without_first_option(s, "lead_source"); },
     "contacts › lead_source: choices that are no longer offered: website", 0, 0},
    {"an object vanishes", [](const std::string& s) { return without_object(s, "tasks"); },
     "tasks: an object that the source no longer has", 4, 4},
};

class ChangedSource : public testing::Test {
 protected:
  ChangedSource() { ends.prepare(); }

  static std::vector<std::string> data(const fs::path& folder) {
    const DataSet made(folder);
    return {"--data", folder.string(), "--token", token};
  }

  TemporaryDirectory folder;
  BothEnds ends{{.source = data(folder / "data")}};
  Sweep sweep{ends};
};

TEST_F(ChangedSource, IsSaidAndStopsWhatNoLongerFits) {
  const std::vector<std::string> as_ours{std::string("FLIT_SOURCE_TOKEN=") + token};
  const std::string right = sweep.read("flitstack.yaml");
  const std::string ledger = sweep.read("flitstack.db");
  for (const Change& change : changes) {
    SCOPED_TRACE(change.what);
    const DataSet changed(folder / change.what);
    changed.change("schema.json", change.schema);
    const Simulated now = changed.serve();
    sweep.write("flitstack.yaml", replaced(right, ends.source.url(), now.url()));

    const Finished again = ends.type({"inventory", "--again"}, as_ours);
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_THAT(again.out, HasSubstr(change.says));
    EXPECT_EQ(ends.type({"map", "check"}).exit_code, change.map_check);
    EXPECT_EQ(ends.type({"preflight"}, as_ours).exit_code, change.preflight);
    EXPECT_EQ(ends.type({"run"}, as_ours).exit_code, 3) << "nothing moves before it was looked at";

    sweep.write("flitstack.yaml", right);
    fs::remove(ends.project() / "flitstack.db-wal");
    sweep.write("flitstack.db", ledger);
  }
}

TEST_F(ChangedSource, OfAnotherAccountIsNotTakenForOurs) {
  const DataSet other(folder / "other");
  other.change("account.json", swap("\"id\":\"4711\"", "\"id\":\"4712\""));
  const Simulated now = other.serve();
  sweep.write("flitstack.yaml",
              replaced(sweep.read("flitstack.yaml"), ends.source.url(), now.url()));

  sweep.expect("another account", 2, {"inventory", "--again"},
               {std::string("FLIT_SOURCE_TOKEN=") + token});
  sweep.compare("another_account.txt");
}

/// As an administrator over there would do it.
int ask_as_admin(const Simulated& destination, const std::string& method, const std::string& target,
                 const std::string& body = {}) {
  const auto port = static_cast<std::uint16_t>(
      std::stoi(destination.url().substr(destination.url().rfind(':') + 1)));
  const auto answer = http(port, method, "/api/data/v9.2/" + target, body,
                           "Authorization: Bearer " + destination.access_token() +
                               "\r\nContent-Type: application/json\r\n");
  return answer ? answer->status : 0;
}

constexpr const char* text_column = R"({
  "@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata",
  "SchemaName": "flit_score",
  "MaxLength": 100,
  "FormatName": {"Value": "Text"},
  "RequiredLevel": {"Value": "None"},
  "DisplayName": {"LocalizedLabels": [{"Label": "Score", "LanguageCode": 1033}]}
})";

TEST(ChangedDestination, ColumnsThatSomebodyDeletedAreMissedAndMadeAgain) {
  const BothEnds ends({.source = {"--generate", "contacts=10", "--seed", "7"}});
  Sweep sweep(ends);
  ends.prepare();
  ASSERT_EQ(ask_as_admin(ends.destination, "DELETE",
                         "EntityDefinitions(LogicalName='contact')/Attributes(LogicalName='"
                         "flit_score')"),
            204);

  ends.typed({"preflight"});
  sweep.expect("somebody deleted a column behind the plan", 4, {"sample"});
  EXPECT_EQ(ends.typed({"plan"}).root()["missing"].as_integer(), 1);
  sweep.expect("the plan is applied again", 0, {"plan", "apply", "--yes"});
  ends.sample();
  ends.typed({"run"}, {0, 6});
  const json::Document books = ends.typed({"reconcile"});
  EXPECT_EQ(books.root()["balanced"].as_boolean(), true);
  EXPECT_EQ(books.root()["mismatches"].as_integer(), 0);
}

TEST(ChangedDestination, AColumnThatIsOfAnotherTypeNowIsSaidAndNotWrittenTo) {
  const BothEnds ends({.source = {"--generate", "contacts=10", "--seed", "7"}});
  Sweep sweep(ends);
  ends.prepare();
  ends.sample();
  const std::string attributes = "EntityDefinitions(LogicalName='contact')/Attributes";
  ASSERT_EQ(ask_as_admin(ends.destination, "DELETE", attributes + "(LogicalName='flit_score')"),
            204);
  ASSERT_EQ(ask_as_admin(ends.destination, "POST", attributes, text_column), 204);
  const std::string before = ends.destination.digest();

  sweep.expect("a number is a text now", 4, {"run"});
  sweep.expect("a number is a text now", 4, {"plan", "apply", "--yes"});
  EXPECT_EQ(ends.destination.digest(), before);

  ASSERT_EQ(ask_as_admin(ends.destination, "DELETE", attributes + "(LogicalName='flit_score')"),
            204);
  sweep.expect("it is gone", 4, {"run"});
  sweep.expect("it is gone", 0, {"plan", "apply", "--yes"});
  sweep.expect("it is as it was", 0, {"run"});
  sweep.compare("retyped_column.txt");
}

TEST(ChangedDestination, AnotherEnvironmentIsNotWrittenTo) {
  const BothEnds ends({.source = {"--generate", "contacts=5", "--seed", "7"}});
  const Simulated other({"dataverse", "--port", "0", "--organization", "Other"});
  Sweep sweep(ends);
  ends.prepare();
  ends.typed({"preflight"});
  const std::string right = sweep.read("flitstack.yaml");
  std::string wrong = right;
  for (int i = 0; i < 2; ++i) wrong = replaced(wrong, ends.destination.url(), other.url());
  sweep.write("flitstack.yaml", wrong);
  const std::string before = other.digest();

  for (const auto& words : std::vector<std::vector<std::string>>{
           {"plan", "apply", "--yes"}, {"sample"}, {"rollback", "--yes"}, {"inventory", "--again"}})
    sweep.expect("another environment", 2, words);

  EXPECT_EQ(other.digest(), before);
  sweep.write("flitstack.yaml", right);
  sweep.expect("and the right one", 0, {"sample"});
}

}  // namespace
}  // namespace flit::test
