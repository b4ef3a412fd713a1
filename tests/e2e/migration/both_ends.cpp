#include "both_ends.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/raw_http.hpp"

namespace flit::test {
namespace {

std::vector<std::string> with(std::vector<std::string> first,
                              const std::vector<std::string>& rest) {
  first.insert(first.end(), rest.begin(), rest.end());
  return first;
}

json::Document parsed(const std::string& text) {
  auto document = json::parse(text);
  if (!document) {
    ADD_FAILURE() << "no JSON: " << text.substr(0, 400);
    return {};
  }
  return std::move(*document);
}

/// The schema that a command's document is promised to follow.
std::string shape_of(const std::vector<std::string>& words) {
  if (words[0] == "approve" || (words[0] == "map" && words[1] == "confirm")) return "approval";
  if (words[0] == "map" && words[1] == "check") return "map-propose";
  const bool two = words.size() > 1 && (words[0] == "map" || words[0] == "paths" ||
                                        words[0] == "audit" || words[1] == "apply");
  return two ? words[0] + "-" + words[1] : words[0];
}

}  // namespace

Simulated::Simulated(std::vector<std::string> arguments)
    : process_(with({binary("flitsim")}, arguments)) {
  const auto line = process_.read_line();
  if (!line) {
    ADD_FAILURE() << "flitsim " << arguments.front() << " did not start";
    return;
  }
  const json::Document ready = parsed(*line);
  url_ = std::string(ready.root()["url"].string_or(""));
  access_token_ = std::string(ready.root()["access_token"].string_or(""));
  port_ = static_cast<std::uint16_t>(std::stoi(url_.substr(url_.rfind(':') + 1)));
}

json::Document Simulated::ask(const std::string& what) const {
  const auto answer = http(port_, "GET", "/__sim/" + what);
  return parsed(answer ? answer->body : "");
}

json::Document Simulated::tell(const std::string& what, const std::string& body) const {
  const auto answer =
      http(port_, "POST", "/__sim/" + what, body, "Content-Type: application/json\r\n");
  return parsed(answer ? answer->body : "");
}

std::string Simulated::digest() const {
  return std::string(ask("digest").root()["digest"].string_or("no digest"));
}

std::map<std::string, std::string> Simulated::table_digests() const {
  std::map<std::string, std::string> digests;
  const json::Document all = ask("digest");
  for (const json::Member table : all.root()["tables"].members())
    digests.emplace(table.key, table.value["digest"].string_or(""));
  return digests;
}

json::Document Simulated::get(const std::string& target) const {
  std::string encoded;
  for (const char c : target) encoded += c == ' ' ? std::string("%20") : std::string(1, c);
  const auto answer =
      http(port_, "GET", encoded, "",
           "Authorization: Bearer " + access_token_ + "\r\nPrefer: odata.maxpagesize=5000\r\n");
  return parsed(answer ? answer->body : "");
}

std::int64_t BothEnds::rows(const std::string& query) const {
  const std::string joint = query.find('?') == std::string::npos ? "?" : "&";
  std::string target = "/api/data/v9.2/" + query + joint + "$select=createdon";
  std::int64_t count = 0;
  while (!target.empty()) {
    const json::Document page = destination.get(target);
    count += static_cast<std::int64_t>(page.root()["value"].size());
    const std::string next(page.root()["@odata.nextLink"].string_or(""));
    target = next.empty() ? "" : next.substr(next.find("/api/"));
  }
  return count;
}

std::string BothEnds::value(const std::string& query, const std::string& column) const {
  const json::Document page = destination.get("/api/data/v9.2/" + query);
  for (const json::Value row : page.root()["value"].elements())
    return std::string(row[column].as_number().value_or(row[column].string_or("")));
  return "no row";
}

BothEnds::BothEnds(const BothEndsSettings& settings)
    : source(with({"interactive", "--port", "0"}, settings.source)),
      destination(with({"dataverse", "--port", "0"}, settings.destination)) {}

Finished BothEnds::type(const std::vector<std::string>& words,
                        const std::vector<std::string>& environment) const {
  return type_through({}, words, environment);
}

Finished BothEnds::type_through(const std::vector<std::string>& launcher,
                                const std::vector<std::string>& words,
                                const std::vector<std::string>& environment) const {
  const std::vector<std::string> command =
      with(with(launcher, {binary("flitstack"), "--project", project().string()}), words);
  return run_process(
      command, {.environment =
                    with({"FLIT_SOURCE_TOKEN=" + source.access_token(), "FLIT_DEST_CLIENT_ID=flit",
                          "FLIT_DEST_CLIENT_SECRET=flit", "FLIT_TIME_SCALE=50"},
                         environment)});
}

json::Document BothEnds::typed(const std::vector<std::string>& words,
                               const std::vector<int>& codes) const {
  const Finished finished = type(with({"--json"}, words));
  keep(words, finished.out);
  const bool expected = std::find(codes.begin(), codes.end(), finished.exit_code) != codes.end();
  if (!expected)
    ADD_FAILURE() << words.front() << " ended with " << finished.exit_code << "\n" << finished.err;
  return parsed(finished.out);
}

void BothEnds::keep(const std::vector<std::string>& words, const std::string& document) const {
  const std::filesystem::path folder = folder_ / "documents";
  std::filesystem::create_directories(folder);
  static int number = 0;
  std::ofstream(folder / (shape_of(words) + "@" + std::to_string(++number) + ".json")) << document;
}

void BothEnds::expect_promised_shapes() const {
  const std::string run = FLIT_SOURCE_DIR "/tests/clients/json-schemas/run.sh";
  const Finished checked = run_process(
      {run, FLIT_SOURCE_DIR "/docs/reference/schemas", (folder_ / "documents").string()});
  if (checked.exit_code == 77) GTEST_SKIP() << "no validator can be installed here";
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
}

void BothEnds::prepare() const {
  typed({"init", "interactive-to-dynamics365", "--source-url", source.url() + "/api/v1",
         "--destination-url", destination.url(), "--authority", destination.url(), "--tenant",
         "simulated"});
  typed({"inventory"});
  typed({"map", "propose"});
  typed({"map", "confirm", "--as", "Test"});
  typed({"plan"});
  typed({"approve", "plan", "--as", "Test"});
  typed({"plan", "apply", "--yes"});
  typed({"owners", "--fallback", "ada.berg@simulated.example"});
  typed({"approve", "owners", "--as", "Test"});
}

void BothEnds::sample() const {
  typed({"preflight"});
  typed({"sample"}, {0, 6});
  EXPECT_EQ(type({"approve", "sample", "--as", "Test"}).exit_code, 2) << "nobody has seen it";
  typed({"diff"});
  typed({"approve", "sample", "--as", "Test"});
}

}  // namespace flit::test
