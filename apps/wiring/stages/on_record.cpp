#include "apps/wiring/stages/on_record.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/stages.hpp"

namespace flit::wiring {

Result<std::string> on_record(Workspace& workspace, std::string_view stage_id,
                              const std::function<Result<std::string>()>& work) {
  const auto& names = engine::stage_names();
  const auto name = std::find_if(names.begin(), names.end(),
                                 [&](const engine::StageName& one) { return one.id == stage_id; });
  return engine::run_stage(workspace.environment(), *name, "", work);
}

Result<std::vector<store::Finding>> findings_of(Workspace& workspace, std::string_view stage_id) {
  std::vector<store::Finding> found;
  FLIT_TRY_VOID(
      workspace.environment().ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(all, store::findings(reader, stage_id));
        found = std::move(all);
        return {};
      }));
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.severity > b.severity || (a.severity == b.severity && a.count > b.count);
  });
  return found;
}

std::size_t blockers_among(const std::vector<store::Finding>& findings) {
  return static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(),
      [](const store::Finding& one) { return one.severity == store::Severity::blocker; }));
}

std::string_view to_string(store::Severity severity) {
  switch (severity) {
    case store::Severity::blocker:
      return "blocker";
    case store::Severity::warning:
      return "warning";
    case store::Severity::note:
      return "note";
  }
  return "";
}

void write_findings(json::Writer& out, const std::vector<store::Finding>& findings) {
  out.key("findings").begin_array();
  for (const store::Finding& one : findings) {
    out.begin_object().member("code", one.code).member("severity", to_string(one.severity));
    out.member("object", one.object).member("field", one.field).member("message", one.message);
    out.member("remedy", one.remedy).member("count", one.count).end_object();
  }
  out.end_array();
}

Result<void> require_done(Workspace& workspace, std::string_view stage_id,
                          std::string_view command) {
  FLIT_TRY(stage, engine::stage_on_record(workspace.environment(), stage_id));
  if (stage.state == store::StageState::done) return {};
  return Error{.fault = Fault::setup,
               .message = fmt::format("{} has not been done yet", command),
               .where = std::string(stage_id),
               .remedy = fmt::format("flitstack {}", command),
               .code = "gate_closed"};
}

}  // namespace flit::wiring
