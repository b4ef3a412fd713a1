#include "apps/wiring/stages/owners.hpp"

#include <fmt/format.h>

#include "apps/wiring/stages/on_record.hpp"
#include "base/json_writer.hpp"
#include "engine/owner_stage.hpp"
#include "reports/page.hpp"

namespace flit::wiring {
namespace {

std::string summary_of(const engine::OwnerResolution& resolution) {
  json::Writer out;
  out.begin_object().member("unresolved", resolution.unresolved).key("owners").begin_array();
  for (const store::OwnerRow& row : resolution.rows) {
    out.begin_object().member("source_id", row.source_id).member("email", row.email);
    out.member("name", row.name).member("verdict", row.verdict);
    out.member("target_id", row.target_id.value_or("")).member("fallback", row.fallback);
    out.member("records", row.records).end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace

Result<OwnersOutcome> resolve_owners(Workspace& workspace, const std::string& fallback,
                                     std::stop_token stop) {
  FLIT_TRY(destination, workspace.destination());
  FLIT_TRY(map, workspace.map());
  OwnersOutcome outcome;
  FLIT_TRY(summary, on_record(workspace, "S-04", [&]() -> Result<std::string> {
             FLIT_TRY(resolved,
                      engine::resolve_owners_of({workspace.environment(), map,
                                                 destination->faces().owners, destination->pacer()},
                                                fallback, stop));
             outcome.resolution = std::move(resolved);
             return summary_of(outcome.resolution);
           }));
  outcome.summary = std::move(summary);
  if (outcome.resolution.unresolved > 0)
    outcome.end = Error{.fault = Fault::setup,
                        .message = fmt::format("{} records would have no owner over there",
                                               reports::grouped(outcome.resolution.unresolved)),
                        .where = "owners",
                        .remedy = "Name who takes them: flitstack owners --fallback EMAIL",
                        .code = "findings_block"};
  return outcome;
}

}  // namespace flit::wiring
