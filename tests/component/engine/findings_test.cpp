// What S-01 finds in generated data, against what the simulator says must be found.

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "both_sides.hpp"
#include "engine/profile.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

using Ids = std::set<std::string>;
using Found = std::map<std::pair<std::string, std::string>, Ids>;  // code, object → ids

/// Those of truth's codes that S-01 reports; the others depend on the map or on files' bytes.
const std::set<std::string> asked{
    "duplicate_email", "missing_required",    "broken_reference",    "invalid_email",
    "invalid_phone",   "value_not_an_option", "foreign_currency",    "contact_without_company",
    "stage_won_unset", "stage_unknown",       "stage_deleted",       "owner_missing",
    "owner_unknown",   "owner_inactive",      "owner_without_email", "owner_shared_email",
    "merge_loop",      "merge_target_purged", "unsafe_markup",       "remote_image",
    "image_missing",   "former_spouses",      "spouse_archived"};

Found expected(const json::Document& truth) {
  Found all;
  for (const json::Value one : truth.root()["findings"].elements()) {
    const std::string code(one["code"].string_or(""));
    if (!asked.contains(code)) continue;
    Ids& ids = all[{code, std::string(one["object"].string_or(""))}];
    for (const json::Value id : one["ids"].elements()) ids.emplace(id.string_or(""));
  }
  return all;
}

Found found(Environment& environment) {
  Found all;
  const auto read = environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(findings, store::findings(reader, "S-01"));
    for (const store::Finding& finding : findings) {
      if (!asked.contains(finding.code)) continue;
      Ids& ids = all[{finding.code, finding.object}];
      FLIT_TRY_VOID(
          store::finding_records(reader, finding, [&](std::string_view id) -> Result<void> {
            ids.emplace(id);
            return {};
          }));
    }
    return {};
  });
  EXPECT_TRUE(read);
  return all;
}

std::string shown(const Ids& ids) {
  std::string text;
  for (const std::string& id : ids) text += id + " ";
  return text;
}

Ids without(const Ids& all, const Ids& others) {
  Ids rest;
  for (const std::string& id : all)
    if (!others.contains(id)) rest.insert(id);
  return rest;
}

TEST(Findings, AreThoseThatTheDataWasMadeWith) {
  test::StagedSource staged(sim::interactive::GenerateSettings{.contacts = 200, .seed = 7});
  const mapping::Locale locale{.zone = Zone::find("UTC").value(), .currency = "USD"};

  const auto counts =
      Profile(staged.environment(), {staged.path(), staged.schema(), locale}).run({});

  ASSERT_TRUE(counts) << counts.error().text();
  const Found here = found(staged.environment());
  const Found there = expected(staged.truth());
  for (const auto& [what, ids] : there) {
    const auto known = here.find(what);
    const Ids mine = known == here.end() ? Ids{} : known->second;
    EXPECT_EQ(shown(without(ids, mine)), "") << what.first << " of " << what.second << " missed";
    EXPECT_EQ(shown(without(mine, ids)), "") << what.first << " of " << what.second << " too many";
  }
  for (const auto& [what, ids] : here)
    EXPECT_TRUE(there.contains(what)) << what.first << " of " << what.second << ": " << shown(ids);
}

}  // namespace
}  // namespace flit::engine
