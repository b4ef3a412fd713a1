// The examples that the fact sheet prints, and what comes back (issue 7).
//
// The requests are tests/golden/sim_dataverse/examples.http, the answers examples.txt beside it:
// FLIT_ACCEPT=1 records them again. Ids that a request made are shown by the names that it gave
// them.

#include <map>
#include <sstream>

#include "tests/component/dataverse/simulated.hpp"
#include "tests/support/golden.hpp"

namespace flit::sim::dataverse {
namespace {

struct Example {
  std::string title{};
  std::string method{};
  std::string path{};
  Headers headers{};
  std::string body{};
  std::string keeps{};  ///< the name of the id that it makes
};

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

/// The sheet's L("x") and R.
std::string without_short_forms(std::string text) {
  for (std::size_t at = text.find("L(\""); at != std::string::npos; at = text.find("L(\"", at)) {
    const std::size_t end = text.find("\")", at);
    const std::string label = text.substr(at + 3, end - at - 3);
    text.replace(
        at, end + 2 - at,
        R"j({"@odata.type":"Microsoft.Dynamics.CRM.Label","LocalizedLabels":[{"@odata.type":"Microsoft.Dynamics.CRM.LocalizedLabel","Label":")j" +
            label + R"j(","LanguageCode":1033}]})j");
  }
  replace_all(
      text, ":R,",
      R"j(:{"Value":"None","CanBeChanged":true,"ManagedPropertyLogicalName":"canmodifyrequirementlevelsettings"},)j");
  replace_all(
      text, ":R}",
      R"j(:{"Value":"None","CanBeChanged":true,"ManagedPropertyLogicalName":"canmodifyrequirementlevelsettings"}})j");
  return text;
}

void read_line(Example& example, const std::string& line, bool& in_body) {
  if (line.starts_with("=> ")) {
    example.keeps = line.substr(3);
  } else if (in_body) {
    example.body += (example.body.empty() ? "" : "\r\n") + line;
  } else if (example.method.empty()) {
    const std::size_t blank = line.find(' ');
    example.method = line.substr(0, blank);
    example.path = line.substr(blank + 1);
  } else if (line.empty()) {
    in_body = true;
  } else {
    const std::size_t colon = line.find(": ");
    example.headers.add(line.substr(0, colon), line.substr(colon + 2));
  }
}

std::vector<Example> read_examples(const std::string& file) {
  std::vector<Example> examples;
  std::istringstream in(test::read_file(file));
  bool in_body = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("### ")) {
      examples.push_back({.title = line.substr(4)});
      in_body = false;
    } else if (!examples.empty()) {
      read_line(examples.back(), line, in_body);
    }
  }
  for (Example& example : examples) {
    while (example.body.ends_with("\r\n")) example.body.resize(example.body.size() - 2);
    if (example.path == "$batch") example.body += "\r\n";
    replace_all(example.path, " ", "%20");
    replace_all(example.path, "<", "%3C");
    replace_all(example.path, ">", "%3E");
    replace_all(example.path, "\"", "%22");
    example.body = without_short_forms(std::move(example.body));
  }
  return examples;
}

class Examples : public testing::Test {
 protected:
  /// {name} → id; back with `shown`.
  std::string with_ids(std::string text) const {
    for (const auto& [name, id] : ids) replace_all(text, "{" + name + "}", id);
    return text;
  }
  std::string shown(std::string text) const {
    for (const auto& [name, id] : ids) replace_all(text, id, "{" + name + "}");
    replace_all(text, "\r\n", "\n");
    return text;
  }

  std::string play(const Example& example) {
    Answered answer =
        sim.send(example.method, with_ids(example.path), with_ids(example.body), example.headers);
    const std::string made(answer.headers.value_or("OData-EntityId", ""));
    if (!example.keeps.empty()) ids[example.keeps] = made.substr(made.rfind('(') + 1, 36);
    std::string out = "### " + example.title + "\n" + example.method + " " + example.path + "\n" +
                      std::to_string(answer.status) + "\n";
    for (const char* name : {"OData-EntityId", "ETag", "Preference-Applied", "Retry-After",
                             "x-ms-dop-hint", "x-ms-chunk-size"})
      if (const auto value = answer.headers.value_or(name, ""); !value.empty())
        out += std::string(name) + ": " + shown(std::string(value)) + "\n";
    return out + shown(answer.body) + "\n\n";
  }

  Simulated sim;
  std::map<std::string, std::string> ids;
};

TEST_F(Examples, OfTheFactSheetAreAnsweredAsItSays) {
  ids["currency"] = sim.send("GET", "transactioncurrencies?$select=isocurrencycode")
                        .first()["transactioncurrencyid"]
                        .string_or("");
  std::string transcript;
  for (const Example& example :
       read_examples(std::string(FLIT_SOURCE_DIR) + "/tests/golden/sim_dataverse/examples.http"))
    transcript += play(example);

  test::expect_golden("sim_dataverse/examples.txt", transcript);
}

}  // namespace
}  // namespace flit::sim::dataverse
