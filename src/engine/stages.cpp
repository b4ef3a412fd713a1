#include "engine/stages.hpp"

#include "base/json_writer.hpp"

namespace flit::engine {
namespace {

std::string fact_of(const store::Stage& stage) {
  json::Writer out;
  out.begin_object().member("stage", stage.id).key("summary").raw(stage.summary).end_object();
  return out.take();
}

std::string failure_of(const Error& error) {
  json::Writer out;
  out.begin_object().member("fault", to_string(error.fault)).member("message", error.message);
  out.member("code", error.code).end_object();
  return out.take();
}

Result<void> write(Environment& environment, const store::Stage& stage, std::string_view kind) {
  const Instant now = environment.clock().now();
  return environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    FLIT_TRY_VOID(store::put_stage(transaction, stage));
    return environment.books.journal.note(transaction, "stages", kind, fact_of(stage), now);
  });
}

}  // namespace

const std::vector<StageName>& stage_names() {
  static const std::vector<StageName> names{
      {"S-01", "inventory"}, {"S-02", "map"},    {"S-03", "plan"}, {"S-04", "owners"},
      {"S-05", "preflight"}, {"S-06", "sample"}, {"S-07", "run"},  {"S-09", "reconcile"},
      {"S-10", "rollback"},  {"S-11", "report"}};
  return names;
}

Event to_event(const StageStarted& event) {
  return Event("stage_started", Level::info).label("stage", event.id).text("title", event.title);
}

Event to_event(const StageEnded& event) {
  return Event("stage_ended", event.done ? Level::info : Level::error)
      .label("stage", event.id)
      .text("title", event.title)
      .text("state", event.done ? "done" : "failed");
}

Result<store::Stage> stage_on_record(Environment& environment, std::string_view id) {
  store::Stage found{.id = std::string(id)};
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(known, store::stage(reader, id));
    if (known) found = std::move(*known);
    return {};
  }));
  return found;
}

Result<std::string> run_stage(Environment& environment, const StageName& name,
                              const std::string& fingerprint,
                              const std::function<Result<std::string>()>& work) {
  store::Stage stage{.id = std::string(name.id),
                     .state = store::StageState::running,
                     .started_at = environment.clock().now(),
                     .fingerprint = fingerprint};
  FLIT_TRY_VOID(write(environment, stage, "stage started"));
  emit(environment.events, StageStarted{std::string(name.id), std::string(name.title)});
  Result<std::string> summary = work();
  stage.state = summary ? store::StageState::done : store::StageState::failed;
  stage.finished_at = environment.clock().now();
  stage.summary = summary ? *summary : failure_of(summary.error());
  FLIT_TRY_VOID(write(environment, stage, summary ? "stage done" : "stage failed"));
  emit(environment.events,
       StageEnded{std::string(name.id), std::string(name.title), summary.has_value()});
  return summary;
}

Result<void> reopen_stages(store::sql::Connection& transaction,
                           std::span<const std::string_view> ids) {
  for (const std::string_view id : ids) {
    FLIT_TRY(stage, store::stage(transaction, id));
    if (!stage) continue;
    stage->state = store::StageState::open;
    FLIT_TRY_VOID(store::put_stage(transaction, *stage));
  }
  return {};
}

Result<void> reopen_stages(Environment& environment, std::span<const std::string_view> ids) {
  return environment.ledger.commit(
      [&](store::sql::Connection& transaction) { return reopen_stages(transaction, ids); });
}

}  // namespace flit::engine
