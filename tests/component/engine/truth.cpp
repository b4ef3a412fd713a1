#include "truth.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "store/notebook.hpp"

namespace flit::engine::test {
namespace {

/// "created lead", "merged into 101", "skipped (archived)".
std::string expected_text(json::Value outcome) {
  std::string text(outcome["outcome"].string_or(""));
  if (const auto target = outcome["target"].as_string()) text += " " + std::string(*target);
  if (const auto into = outcome["into"].as_string()) text += " into " + std::string(*into);
  if (const auto reason = outcome["reason"].as_string()) text += " (" + std::string(*reason) + ")";
  if (outcome["routed"].as_boolean().value_or(false)) text += " routed";
  return text;
}

std::string outcome_name(const store::Assignment& one) {
  if (one.state == store::State::planned && one.verdict == store::Verdict::create)
    return "created";  // as far as the preflight knows
  return std::string(to_string(outcome_of(one.verdict, one.state)));
}

std::string found_text(const store::Assignment& one) {
  const std::string outcome = outcome_name(one);
  if (outcome == "merged") return outcome + " into " + one.detail;
  if (outcome != "created") return fmt::format("{} ({})", outcome, one.reason);
  return fmt::format("{} {}{}", outcome, one.table, one.routed ? " routed" : "");
}

}  // namespace

std::vector<std::string> outcome_differences(World& world) {
  std::vector<std::string> differences;
  for (const json::Member object : world.truth().root()["outcomes"].members()) {
    const std::string name(object.key);
    const bool held = world.map().find(name) == nullptr;
    const std::string usual = expected_text(object.value["default"]);
    const Result<void> read = world.ledger().read([&](store::sql::Connection& reader) {
      return world.books().assignments.scan(
          reader, {.object = name, .role = "primary"}, 0, 1'000'000,
          [&](const store::Assignment& one) -> Result<void> {
            const json::Value special = object.value["except"][one.source_id];
            std::string expected = special.exists() ? expected_text(special) : usual;
            const bool live =
                expected.find("archived") == std::string::npos && !expected.starts_with("merged");
            if (held && live) expected = "held (not_yet_supported)";
            const std::string found = found_text(one);
            if (found != expected)
              differences.push_back(fmt::format("{} {}: expected {}, found {} [{}]", name,
                                                one.source_id, expected, found, one.detail));
            return {};
          });
    });
    if (!read) differences.push_back(read.error().text());
  }
  return differences;
}

Found findings_of(World& world, std::string_view stage) {
  Found all;
  const Result<void> read =
      world.ledger().read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found, store::findings(reader, stage));
        for (const store::Finding& one : found) {
          auto& ids = all[one.code][one.object];
          FLIT_TRY_VOID(store::finding_records(reader, one, [&](std::string_view id) {
            ids.emplace(id);
            return Result<void>();
          }));
        }
        return {};
      });
  EXPECT_TRUE(read);
  return all;
}

Found expected_findings(World& world) {
  Found all;
  for (const json::Value one : world.truth().root()["findings"].elements()) {
    auto& ids =
        all[std::string(one["code"].string_or(""))][std::string(one["object"].string_or(""))];
    for (const json::Value id : one["ids"].elements()) ids.emplace(id.string_or(""));
  }
  return all;
}

std::vector<std::string> unfinished(World& world) {
  std::vector<std::string> left;
  const Result<void> read = world.ledger().read([&](store::sql::Connection& reader) {
    return world.books().assignments.scan(
        reader, {.verdict = store::Verdict::create}, 0, 1'000'000,
        [&](const store::Assignment& one) {
          if (one.state != store::State::done || one.pending != 0)
            left.push_back(fmt::format("{} {} {}: {}, pending {} ({}: {})", one.object,
                                       one.source_id, one.role, to_string(one.state), one.pending,
                                       one.reason, one.detail));
          return Result<void>();
        });
  });
  EXPECT_TRUE(read);
  return left;
}

std::set<std::string> expected_spouses(World& world) {
  std::set<std::string> pairs;
  for (const json::Value pair : world.truth().root()["spouses"].elements()) {
    std::vector<std::string> ids;
    for (const json::Value id : pair.elements()) ids.emplace_back(id.string_or(""));
    pairs.insert(ids.at(0) + "→" + ids.at(1));
  }
  return pairs;
}

std::set<std::string> planned_spouses(World& world) {
  std::set<std::string> pairs;
  const Result<void> read = world.ledger().read([&](store::sql::Connection& reader) {
    return world.books().assignments.scan(
        reader, {.object = "contacts", .role = "link:contacts→contacts|role spouse"}, 0, 1'000'000,
        [&](const store::Assignment& one) {
          pairs.insert(one.source_id);
          return Result<void>();
        });
  });
  EXPECT_TRUE(read);
  return pairs;
}

}  // namespace flit::engine::test
