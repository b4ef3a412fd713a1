#include "apps/wiring/stages/preflight.hpp"

#include <algorithm>
#include <array>

#include "apps/wiring/approvals.hpp"
#include "apps/wiring/checks.hpp"
#include "apps/wiring/stages/map.hpp"
#include "apps/wiring/stages/on_record.hpp"
#include "base/json_writer.hpp"

namespace flit::wiring {
namespace {

constexpr std::size_t most_ids = 1000;

Result<Predictions> predictions(Workspace& workspace, store::Verdict verdict) {
  Predictions found;
  engine::Environment& environment = workspace.environment();
  std::int64_t after = 0;
  for (bool more = true; more;) {
    more = false;
    FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
      return environment.books.assignments.scan(
          reader, {.verdict = verdict}, after, 2000,
          [&](const store::Assignment& one) -> Result<void> {
            more = true;
            after = one.id;
            Predicted& predicted = found[{one.object, one.reason}];
            predicted.verdict = verdict;
            ++predicted.count;
            if (predicted.ids.size() < most_ids) predicted.ids.push_back(one.source_id);
            return {};
          });
    }));
  }
  return found;
}

void write(json::Writer& out, const char* name, const Predictions& found) {
  out.key(name).begin_array();
  for (const auto& [key, predicted] : found) {
    out.begin_object().member("object", key.first).member("reason", key.second);
    out.member("records", predicted.count).key("ids").begin_array();
    for (const std::string& id : predicted.ids) out.string(id);
    out.end_array().end_object();
  }
  out.end_array();
}

std::string summary_of(const PreflightOutcome& outcome) {
  json::Writer out;
  out.begin_object().member("records", outcome.counts.routed);
  out.member("checked", outcome.counts.assessed.checked);
  out.member("would_fail", outcome.counts.assessed.would_fail);
  out.member("flagged", outcome.counts.assessed.flagged);
  out.member("links", outcome.counts.assessed.links);
  if (outcome.counts.assessed.also > 0)
    out.key("also")
        .begin_object()
        .member("rows", outcome.counts.assessed.also)
        .member("would_fail", outcome.counts.assessed.also_fail)
        .end_object();
  write(out, "failures", outcome.fail);
  write(out, "held", outcome.hold);
  write(out, "skipped", outcome.skip);
  write_findings(out, outcome.findings);
  out.key("checks").raw(engine::checks_json(outcome.checks)).end_object();
  return out.take();
}

Result<void> predict(Workspace& workspace, PreflightOutcome& outcome) {
  FLIT_TRY(failing, predictions(workspace, store::Verdict::fail));
  FLIT_TRY(held, predictions(workspace, store::Verdict::hold));
  FLIT_TRY(skipped, predictions(workspace, store::Verdict::skip));
  outcome.fail = std::move(failing);
  outcome.hold = std::move(held);
  outcome.skip = std::move(skipped);
  return {};
}

bool blocks(const PreflightOutcome& outcome) {
  return blockers_among(outcome.findings) > 0 ||
         std::any_of(outcome.checks.begin(), outcome.checks.end(),
                     [](const engine::CheckResult& check) {
                       return check.verdict == engine::CheckVerdict::blocker;
                     });
}

}  // namespace

Result<PreflightOutcome> look_ahead(Workspace& workspace, std::stop_token stop) {
  constexpr std::array needed{engine::Gate::map, engine::Gate::plan, engine::Gate::owners};
  FLIT_TRY_VOID(require_gates(workspace, needed));
  // Confirmed for the source as it was; it may have been read again since.
  FLIT_TRY(review, review_map(workspace));
  FLIT_TRY(usable, verdict_of(review));
  static_cast<void>(usable);
  FLIT_TRY(migration, workspace.migration(Columns::existing));
  PreflightOutcome outcome;
  FLIT_TRY(summary, on_record(workspace, "S-05", [&]() -> Result<std::string> {
             engine::Preflight preflight(*migration);
             FLIT_TRY(checked, preflight.run(stop));
             outcome.counts = checked;
             FLIT_TRY(checks, run_checks(workspace, *migration, stop));
             outcome.checks = std::move(checks);
             FLIT_TRY_VOID(predict(workspace, outcome));
             FLIT_TRY(found, findings_of(workspace, "S-05"));
             outcome.findings = std::move(found);
             return summary_of(outcome);
           }));
  outcome.summary = std::move(summary);
  if (blocks(outcome)) outcome.end = Exit::findings_block;
  return outcome;
}

}  // namespace flit::wiring
