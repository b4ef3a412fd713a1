#include "apps/wiring/stages/report.hpp"

#include "apps/wiring/reporting.hpp"
#include "apps/wiring/stages/on_record.hpp"
#include "base/json_writer.hpp"

namespace flit::wiring {
namespace {

std::string summary_of(const reports::Handover& handover) {
  json::Writer out;
  out.begin_object().member("page", handover.page.string()).key("lists").begin_array();
  for (const reports::ListDigest& list : handover.lists)
    out.begin_object().member("name", list.shape.file).member("rows", list.total).end_object();
  out.end_array().end_object();
  return out.take();
}

}  // namespace

Result<ReportOutcome> hand_over(Workspace& workspace) {
  ReportOutcome outcome;
  FLIT_TRY(summary, on_record(workspace, "S-11", [&]() -> Result<std::string> {
             FLIT_TRY(written, write_handover(workspace));
             outcome.handover = std::move(written);
             return summary_of(outcome.handover);
           }));
  outcome.summary = std::move(summary);
  return outcome;
}

}  // namespace flit::wiring
