#include "engine/schema_setup.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "engine/schema_change_json.hpp"
#include "store/notebook.hpp"
#include "store/schema_steps.hpp"

namespace flit::engine {
namespace {

constexpr std::string_view stream = "schema";
constexpr std::string_view scaffolding_before = "schema scaffolding before";  // a document
constexpr std::string_view publishing = "publish schema";  // checkpoint: "due" or "done"

/// The tables that people see differently once a change is published.
std::string table_of(const model::SchemaChange& change) {
  if (const auto* column = std::get_if<model::CreateColumn>(&change)) return column->table;
  if (const auto* option = std::get_if<model::AddOption>(&change)) return option->table;
  if (const auto* table = std::get_if<model::CreateTable>(&change)) return table->table.name;
  if (const auto* link = std::get_if<model::CreateRelationship>(&change))
    return link->relationship.child;
  return {};
}

Result<void> note_step(Environment& environment, const std::string& name, const std::string& change,
                       store::SchemaStepState state) {
  const Instant now = environment.clock().now();
  return environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    std::string_view kind = "schema change made";
    if (state == store::SchemaStepState::intended) {
      kind = "schema change intended";
      FLIT_TRY_VOID(store::intend_schema_step(transaction, {.name = name, .change = change}));
      FLIT_TRY_VOID(store::put_checkpoint(transaction, publishing, "due", now));
    } else {
      if (state == store::SchemaStepState::reverted) {
        kind = "schema change taken back";
        FLIT_TRY_VOID(store::put_checkpoint(transaction, publishing, "due", now));
      }
      FLIT_TRY_VOID(store::set_schema_step(transaction, name, state));
    }
    return environment.books.journal.note(transaction, stream, kind, change, now);
  });
}

Result<std::vector<store::SchemaStep>> steps_of(const Environment& environment) {
  std::vector<store::SchemaStep> steps;
  const Result<void> read =
      environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found, store::schema_steps(reader));
        steps = std::move(found);
        return {};
      });
  if (!read) return Error(read.error());
  return steps;
}

bool is_key(const model::SchemaChange& change) {
  return std::holds_alternative<model::CreateKey>(change);
}

/// What of the scaffolding was there before us; none: nothing was made yet.
Result<std::optional<std::vector<std::string>>> kept_scaffolding(const Environment& environment) {
  std::optional<std::string> text;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, store::document(reader, scaffolding_before));
    text = std::move(found);
    return {};
  }));
  if (!text) return std::optional<std::vector<std::string>>();
  FLIT_TRY(document, json::parse(*text));
  std::vector<std::string> names;
  for (const json::Value name : document.root().elements()) names.emplace_back(name.string_or(""));
  return std::optional(std::move(names));
}

}  // namespace

Event to_event(const SchemaChanged& event) {
  return Event(event.reverted ? "schema_change_reverted" : "schema_change_made", Level::info)
      .text("what", event.what)
      .ratio("steps", event.progress);
}

Result<SetupCounts> SchemaSetup::apply(const SetupPlan& plan, std::stop_token stop) {
  SetupCounts counts;
  std::set<std::string> tables;
  std::vector<const model::SchemaChange*> keys;
  const auto whole = static_cast<std::int64_t>(plan.missing());
  if (whole > 0) FLIT_TRY_VOID(remember_scaffolding(stop));
  for (const PlannedChange& one : plan.changes) {
    if (const std::string table = table_of(one.change); !table.empty()) tables.insert(table);
    if (one.there) {
      ++counts.there;
      continue;
    }
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while setting up the schema"};
    if (is_key(one.change)) {
      keys.push_back(&one.change);
      continue;
    }
    FLIT_TRY_VOID(make(one.change, stop));
    ++counts.made;
    emit(environment_.events,
         SchemaChanged{.what = model::describe(one.change),
                       .progress = {static_cast<std::int64_t>(counts.made), whole}});
  }
  FLIT_TRY_VOID(build_keys(keys, stop));
  counts.made += keys.size();
  FLIT_TRY_VOID(publish(tables, stop));
  return counts;
}

/// Before the first change: what of the scaffolding is there, so that exactly the rest is ours.
Result<void> SchemaSetup::remember_scaffolding(std::stop_token stop) {
  FLIT_TRY(known, kept_scaffolding(environment_));
  if (known) return {};
  using Names = std::vector<std::string>;
  FLIT_TRY(there,
           pacer_.call<Names>(Repeat::reads, stop, [&] { return writer_.scaffolding(stop); }));
  json::Writer out;
  out.begin_array();
  for (const std::string& name : there) out.string(name);
  out.end_array();
  return environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return store::put_document(transaction, scaffolding_before, out.view(),
                               environment_.clock().now());
  });
}

Result<void> SchemaSetup::remove_scaffolding(std::stop_token stop) {
  FLIT_TRY(kept, kept_scaffolding(environment_));
  if (!kept) return {};  // nothing was ever made
  FLIT_TRY_VOID(pacer_.call<void>(Repeat::identified_writes, stop,
                                  [&] { return writer_.remove_scaffolding(*kept, stop); }));
  // What stands there when the plan is applied once more is not ours.
  return environment_.ledger.commit([](store::sql::Connection& transaction) {
    return store::forget_document(transaction, scaffolding_before);
  });
}

Result<void> SchemaSetup::make(const model::SchemaChange& change, std::stop_token stop) {
  const std::string name = name_of(change);
  const std::string written = change_json(change);
  FLIT_TRY_VOID(note_step(environment_, name, written, store::SchemaStepState::intended));
  // A change that is there as asked is success, so an unknown outcome may simply be asked again.
  FLIT_TRY_VOID(pacer_.call<void>(Repeat::identified_writes, stop,
                                  [&] { return writer_.apply(change, stop); }));
  return note_step(environment_, name, written, store::SchemaStepState::made);
}

Result<void> SchemaSetup::build_keys(std::vector<const model::SchemaChange*> keys,
                                     std::stop_token stop) {
  for (const model::SchemaChange* key : keys)
    FLIT_TRY_VOID(note_step(environment_, name_of(*key), change_json(*key),
                            store::SchemaStepState::intended));
  Clock& clock = environment_.clock();
  const Tick deadline = clock.after(settings_.key_patience);
  while (!keys.empty()) {
    std::vector<const model::SchemaChange*> building;
    std::chrono::milliseconds wait{0};
    for (const model::SchemaChange* key : keys) {
      using Wait = std::optional<std::chrono::milliseconds>;
      FLIT_TRY(again, pacer_.call<Wait>(Repeat::identified_writes, stop, [&]() -> Result<Wait> {
        const Result<void> asked = writer_.apply(*key, stop);
        if (asked) return Wait();
        if (asked.error().fault == Fault::transient && asked.error().retry_after)
          return Wait(asked.error().retry_after);  // its index is still being built
        return Error(asked.error());
      }));
      if (again) {
        building.push_back(key);
        wait = std::max(wait, *again);
        continue;
      }
      FLIT_TRY_VOID(
          note_step(environment_, name_of(*key), change_json(*key), store::SchemaStepState::made));
      emit(environment_.events, SchemaChanged{.what = model::describe(*key)});
    }
    keys = std::move(building);
    if (keys.empty()) break;
    if (clock.tick() >= deadline)
      return Error{.fault = Fault::transient,
                   .message = fmt::format("the index of {} is still being built after {} minutes",
                                          name_of(*keys.front()), settings_.key_patience.count()),
                   .where = "plan apply",
                   .remedy = "Start the same command again later; it goes on where it was"};
    if (!clock.sleep_for(wait, stop))
      return Error{.fault = Fault::cancelled, .message = "stopped while waiting for a key's index"};
  }
  return {};
}

Result<void> SchemaSetup::publish(const std::set<std::string>& tables, std::stop_token stop) {
  std::optional<std::string> due;
  FLIT_TRY_VOID(environment_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, store::checkpoint(reader, publishing));
    due = std::move(found);
    return {};
  }));
  if (due != "due") return {};
  const std::vector<std::string> names(tables.begin(), tables.end());
  FLIT_TRY_VOID(pacer_.call<void>(Repeat::identified_writes, stop,
                                  [&] { return writer_.publish(names, stop); }));
  return environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return store::put_checkpoint(transaction, publishing, "done", environment_.clock().now());
  });
}

Result<std::uint64_t> SchemaSetup::revert(std::stop_token stop) {
  FLIT_TRY(steps, steps_of(environment_));
  std::set<std::string> tables;
  std::uint64_t reverted = 0;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (step->state == store::SchemaStepState::reverted) continue;
    FLIT_TRY(document, json::parse(step->change));
    FLIT_TRY(change, read_change(document.root()));
    if (!std::holds_alternative<model::CreateTable>(change))
      if (const std::string table = table_of(change); !table.empty()) tables.insert(table);
    FLIT_TRY_VOID(pacer_.call<void>(Repeat::identified_writes, stop,
                                    [&] { return writer_.revert(change, stop); }));
    FLIT_TRY_VOID(
        note_step(environment_, step->name, step->change, store::SchemaStepState::reverted));
    ++reverted;
    emit(environment_.events, SchemaChanged{.what = model::describe(change),
                                            .reverted = true,
                                            .progress = {static_cast<std::int64_t>(reverted),
                                                         static_cast<std::int64_t>(steps.size())}});
  }
  FLIT_TRY_VOID(publish(tables, stop));
  FLIT_TRY_VOID(remove_scaffolding(stop));
  return reverted;
}

Result<std::set<std::string>> made_by_us(const Environment& environment) {
  FLIT_TRY(steps, steps_of(environment));
  std::set<std::string> names;
  for (const store::SchemaStep& step : steps)
    if (step.state != store::SchemaStepState::reverted) names.insert(step.name);
  return names;
}

std::vector<std::string> not_there(const SetupPlan& plan) {
  std::vector<std::string> missing;
  for (const PlannedChange& one : plan.changes)
    if (!one.there) missing.push_back(name_of(one.change));
  return missing;
}

}  // namespace flit::engine
