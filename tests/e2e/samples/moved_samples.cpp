#include "moved_samples.hpp"

#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/json_writer.hpp"
#include "tests/support/golden.hpp"

namespace flit::test {
namespace {

constexpr const char* moment = "2020-01-02T03:04:05.000Z";

std::string quoted(const std::string& text) {
  std::string out;
  json::append_quoted(out, text);
  return out;
}

/// What a record needs besides the text that it is about.
std::string properties_of(const Planted& one) {
  std::string rest;
  if (one.object == "contacts" && one.field != "last_name")
    rest = R"(, "last_name": "Sample )" + one.id + R"(", "lifecycle_stage": "customer")";
  return fmt::format(R"({{{}: {}{}}})", quoted(one.field), quoted(one.text), rest);
}

std::string record_of(const Planted& one) {
  return fmt::format(
      R"({{"id": "{}", "object": "{}", "created_at": "{}", "updated_at": "{}", "created_by": "7", )"
      R"("updated_by": "7", "archived": false, "tags": [], "properties": {}}})",
      one.id, one.object, moment, moment, properties_of(one));
}

}  // namespace

MovedSamples::MovedSamples(std::vector<Planted> planted, const Columns& columns)
    : planted_(std::move(planted)) {
  std::uint64_t next = 9'000'000;  // behind whatever was generated
  for (Planted& one : planted_) one.id = std::to_string(++next);
  write_data();
  const BothEnds ends({.source = {"--data", (folder_ / "data").string()}});
  const std::string before = ends.destination.digest();
  ends.prepare();
  ends.sample();
  ends.typed({"run"}, {0, 6});
  const json::Document books = ends.typed({"reconcile"});
  EXPECT_EQ(books.root()["balanced"].as_boolean(), true);
  EXPECT_EQ(books.root()["mismatches"].as_integer(), 0);
  const json::Document status = ends.typed({"status"});
  EXPECT_EQ(status.root().at_path("preflight.misses").as_integer(), 0);
  EXPECT_EQ(status.root().at_path("preflight.false_alarms").as_integer(), 0);
  ends.typed({"report"});

  ask(ends, "contacts", columns);
  ask(ends, "annotations", columns);
  read_findings(ends);
  const json::Document back = ends.typed({"rollback", "--yes"});
  EXPECT_EQ(back.root()["equal"].as_boolean(), true);
  EXPECT_EQ(ends.destination.digest(), before);
}

const Arrived& MovedSamples::of(const Planted& one) const {
  static const Arrived nothing;
  const auto found = arrived_.find({one.id, one.field});
  return found == arrived_.end() ? nothing : found->second;
}

void MovedSamples::write_data() const {
  const std::string data = (folder_ / "data").string();
  const Finished made = run_process({binary("flitsim"), "interactive", "--generate", "contacts=5",
                                     "--seed", "7", "--write", data});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  for (const Planted& one : planted_)
    std::ofstream(data + "/objects/" + one.object + ".jsonl", std::ios::app)
        << record_of(one) << '\n';
}

void MovedSamples::ask(const BothEnds& ends, const std::string& set, const Columns& columns) {
  std::string target = "/api/data/v9.2/" + set;
  std::map<std::string, std::vector<const Planted*>> by_id;
  for (const Planted& one : planted_) by_id[one.id].push_back(&one);
  while (!target.empty()) {
    const json::Document page = ends.destination.get(target);
    for (const json::Value row : page.root()["value"].elements())
      for (const Planted* one : by_id[std::string(row["flit_source_id"].string_or(""))]) {
        Arrived& arrived = arrived_[{one->id, one->field}];
        arrived.is_there = true;
        arrived.text = row[columns.at(one->field)].string_or("");
      }
    const std::string next(page.root()["@odata.nextLink"].string_or(""));
    target = next.empty() ? "" : next.substr(next.find("/api/"));
  }
}

void MovedSamples::read_findings(const BothEnds& ends) {
  const auto rows = rows_of_csv(read_file((ends.project() / "out/handover/findings.csv").string()));
  for (const std::vector<std::string>& row : rows) {
    if (row.size() < 8) continue;
    const std::string& code = row[1];
    const std::string& field = row[4];
    for (auto& [key, arrived] : arrived_)
      if (key.first == row[7] && key.second == field) arrived.said.insert(code);
    for (const Planted& one : planted_)
      if (one.id == row[7] && one.field == field && !arrived_.contains({one.id, one.field}))
        arrived_[{one.id, one.field}].said.insert(code);
  }
}

std::vector<std::vector<std::string>> rows_of_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    std::string& cell = rows.back().back();
    if (c == '"' && inside && i + 1 < text.size() && text[i + 1] == '"') {
      cell += text[++i];
    } else if (c == '"') {
      inside = !inside;
    } else if (c == ',' && !inside) {
      rows.back().emplace_back();
    } else if (c == '\n' && !inside) {
      rows.push_back({""});
    } else if (c != '\r' || inside) {
      cell += c;
    }
  }
  return rows;
}

}  // namespace flit::test
