// G-D365-5: an activity whose owner is inactive over there fails silently in the platform's own
// import. Here such owners are found before; their activities go to the fallback owner, counted.

#include <map>

#include <fmt/format.h>

#include "engine/checks/all.hpp"
#include "engine/staged_list.hpp"
#include "store/notebook.hpp"

namespace flit::engine::checks {
namespace {

/// The field of an object that names a person; empty: it has none.
std::string owner_field(const model::Object& object) {
  for (const model::Field& field : object.fields)
    if (field.targets == std::vector<std::string>{"owners"}) return field.name;
  return {};
}

}  // namespace

Result<CheckResult> inactive_owners(const CheckInputs& inputs, std::stop_token stop) {
  CheckResult result;
  std::map<std::string, store::OwnerRow> displaced;  // without a user who may own records
  std::size_t resolved = 0;
  FLIT_TRY_VOID(inputs.environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(owners, store::owners(reader));
    resolved = owners.size();
    for (const store::OwnerRow& owner : owners)
      if (owner.verdict != "matched") displaced.emplace(owner.source_id, owner);
    return {};
  }));
  if (resolved == 0) {
    result.verdict = CheckVerdict::blocker;
    result.found = "Owners are not resolved yet.";
    result.remedy = "Run `flitstack owners`.";
    return result;
  }
  std::map<std::string, std::uint64_t> activities;
  for (const model::Object& object : inputs.source_schema.objects) {
    const std::string field = owner_field(object);
    if (!object.activity || field.empty()) continue;
    FLIT_TRY_VOID(each_staged(
        inputs.environment, object.name,
        [&](store::sql::Connection&, const std::string&, json::Value record) -> Result<void> {
          if (const std::string owner = text_of(record, field); displaced.contains(owner))
            ++activities[owner];
          return {};
        },
        stop));
  }
  std::uint64_t count = 0;
  std::uint64_t stranded = 0;
  for (const auto& [id, number] : activities) {
    const store::OwnerRow& owner = displaced.at(id);
    count += number;
    if (!owner.target_id) stranded += number;
    result.list(fmt::format("{} ({}): {} activities {}", id.empty() ? std::string("nobody") : id,
                            owner.verdict, number,
                            owner.target_id ? "go to the fallback owner" : "have no owner"));
  }
  result.found = fmt::format("{} activities of {} owners who are inactive or not over there.",
                             count, activities.size());
  if (stranded > 0) {
    result.verdict = CheckVerdict::blocker;
    result.remedy = "Name who takes them: `flitstack owners --fallback EMAIL`.";
  } else if (count > 0) {
    result.verdict = CheckVerdict::warning;
    result.remedy = "Activate the users if they should keep them.";
  }
  return result;
}

}  // namespace flit::engine::checks
