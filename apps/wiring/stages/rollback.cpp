#include "apps/wiring/stages/rollback.hpp"

#include "apps/wiring/setup.hpp"
#include "apps/wiring/stages/on_record.hpp"
#include "base/json_writer.hpp"

namespace flit::wiring {

Result<void> check(const RollbackOptions& options) {
  if (options.only_sampled && options.schema)
    return Error{
        .fault = Fault::setup,
        .message = "the schema cannot go while rows beyond the sample may have values in it",
        .where = "--schema",
        .remedy = "Leave out one of --sample-only and --schema"};
  return {};
}

Result<RollbackOutcome> roll_back(Workspace& workspace, const RollbackOptions& options,
                                  std::stop_token stop) {
  FLIT_TRY_VOID(check(options));
  FLIT_TRY_VOID(require_same_destination(workspace, stop));
  // With the columns that the plan made, although a process that died may have taken them back.
  FLIT_TRY(migration, workspace.migration(Columns::planned));
  RollbackOutcome outcome;
  FLIT_TRY(summary, on_record(workspace, "S-10", [&]() -> Result<std::string> {
             engine::Rollback rollback(*migration, {.only_sampled = options.only_sampled,
                                                    .lanes = workspace.project().load.lanes});
             FLIT_TRY(undone, rollback.run(stop));
             outcome.result = std::move(undone);
             // Columns that kept rows have values in are theirs by now.
             if (options.schema && outcome.result.taken.kept == 0) {
               FLIT_TRY(taken_back, revert_setup(workspace, stop));
               outcome.schema_reverted = taken_back;
             }
             json::Writer out;
             out.begin_object();
             FLIT_TRY_VOID(engine::append(out, workspace.environment(), outcome.result));
             out.member("schema_reverted", outcome.schema_reverted).end_object();
             return out.take();
           }));
  outcome.summary = std::move(summary);
  if (!outcome.result.equal) outcome.end = Exit::findings_block;
  return outcome;
}

}  // namespace flit::wiring
