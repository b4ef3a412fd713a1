#include "engine/checks/check.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/edit_distance.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "engine/checks/all.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

constexpr std::string_view document = "checks";

constexpr std::array all_checks{
    KnownCheck{"G-INT-1", "Proprietary clause library", checks::clause_library},
    KnownCheck{"G-INT-2", "Spouses of a matter", checks::spouse_pairs},
    KnownCheck{"G-INT-3", "HotDocs answer files without templates", checks::answer_files},
    KnownCheck{"G-INT-4", "What the source's API gives away", checks::source_reach},
    KnownCheck{"G-INT-5", "Modules that were merged in", checks::modules},
    KnownCheck{"G-D365-1", "Custom tables and the licence", checks::custom_tables},
    KnownCheck{"G-D365-2", "Price at renewal", checks::renewal_price},
    KnownCheck{"G-D365-3", "Columns before data", checks::columns_first},
    KnownCheck{"G-D365-4", "Request limits and daily entitlement", checks::request_limits},
    KnownCheck{"G-D365-5", "Activities of inactive owners", checks::inactive_owners},
};

Result<const KnownCheck*> find(const std::string& id) {
  const auto* known = std::find_if(all_checks.begin(), all_checks.end(),
                                   [&](const KnownCheck& one) { return one.id == id; });
  if (known != all_checks.end()) return known;
  std::vector<std::string_view> ids;
  ids.reserve(std::size(all_checks));
  for (const KnownCheck& one : all_checks) ids.push_back(one.id);
  return Error{.fault = Fault::setup,
               .message = fmt::format("there is no check {}", id),
               .where = "checks",
               .remedy = did_you_mean_text(id, ids)};
}

CheckVerdict verdict_named(std::string_view name) {
  for (const CheckVerdict verdict :
       {CheckVerdict::note, CheckVerdict::warning, CheckVerdict::blocker})
    if (to_string(verdict) == name) return verdict;
  return CheckVerdict::passed;
}

CheckResult read_check(json::Value value) {
  const auto text = [&](std::string_view key) { return std::string(value[key].string_or("")); };
  CheckResult one{.id = text("id"),
                  .title = text("title"),
                  .verdict = verdict_named(text("verdict")),
                  .found = text("found"),
                  .remedy = text("remedy")};
  for (const json::Value item : value["items"].elements())
    one.items.emplace_back(item.string_or(""));
  one.total = static_cast<std::uint64_t>(value["total"].as_integer().value_or(0));
  return one;
}

}  // namespace

std::string_view to_string(CheckVerdict verdict) {
  switch (verdict) {
    case CheckVerdict::passed:
      return "passed";
    case CheckVerdict::note:
      return "note";
    case CheckVerdict::warning:
      return "warning";
    case CheckVerdict::blocker:
      return "blocker";
  }
  return "";
}

void CheckResult::list(std::string item) {
  ++total;
  if (items.size() < most_items) items.push_back(std::move(item));
}

std::span<const KnownCheck> known_checks() {
  return all_checks;
}

Result<std::vector<CheckResult>> run_checks(const CheckInputs& inputs, std::stop_token stop) {
  std::vector<CheckResult> results;
  for (const std::string& id : inputs.path.checks) {
    FLIT_TRY(known, find(id));
    FLIT_TRY_VOID(inputs.environment.ledger.commit([&](store::sql::Connection& transaction) {
      return store::clear_findings(transaction, id);
    }));
    auto checked = known->run(inputs, stop);
    if (!checked) return std::move(checked).error().during("checking " + id);
    checked->id = known->id;
    checked->title = known->title;
    results.push_back(std::move(*checked));
  }
  FLIT_TRY_VOID(inputs.environment.ledger.commit([&](store::sql::Connection& transaction) {
    return store::put_document(transaction, document, checks_json(results),
                               inputs.environment.clock().now());
  }));
  return results;
}

Result<std::vector<CheckResult>> kept_checks(const Environment& environment) {
  std::vector<CheckResult> kept;
  const Result<void> read =
      environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(body, store::document(reader, document));
        if (!body) return {};
        FLIT_TRY(parsed, json::parse(*body));
        for (const json::Value one : parsed.root().elements()) kept.push_back(read_check(one));
        return {};
      });
  if (!read) return Error(read.error());
  return kept;
}

std::string checks_json(const std::vector<CheckResult>& checks) {
  json::Writer out;
  out.begin_array();
  for (const CheckResult& one : checks) {
    out.begin_object().member("id", one.id).member("title", one.title);
    out.key("verdict").string(to_string(one.verdict));
    out.member("found", one.found).member("remedy", one.remedy).member("total", one.total);
    out.key("items").begin_array();
    for (const std::string& item : one.items) out.string(item);
    out.end_array().end_object();
  }
  out.end_array();
  return out.take();
}

}  // namespace flit::engine
