#include "engine/row_maker.hpp"

#include <fmt/format.h>

#include "engine/also_rows.hpp"
#include "engine/link_rows.hpp"
#include "engine/matched_rows.hpp"
#include "engine/own_rows.hpp"
#include "engine/record_rows.hpp"

namespace flit::engine {
namespace {

/// The route of an object's records to a table.
Result<std::size_t> route_to(const Migration& migration, const std::string& object,
                             const std::string& table) {
  const mapping::CompiledObject* compiled = migration.map.find(object);
  for (std::size_t route = 0; compiled != nullptr && route < compiled->routes(); ++route)
    if (compiled->table(route) == table) return route;
  return Error{.fault = Fault::setup,
               .message = fmt::format("the map leads no {} to {}", object, table),
               .remedy = "A map that was loaded with is bound to its approval: restore it"};
}

/// Of an assignment that an update was sent for: references come when the row itself is done.
Step update_step(const store::Assignment& assignment) {
  const bool own_row = assignment.verdict == store::Verdict::create;
  if (assignment.state == store::State::done) return own_row ? Step::lookup : Step::matched_lookup;
  return own_row ? Step::lookup : Step::update;
}

}  // namespace

Result<std::unique_ptr<RowMaker>> make_row_maker(const Migration& migration, const Task& task) {
  switch (task.step) {
    case Step::own:
      return OwnRows::make(migration, task.table);
    case Step::placeholder:
      return PlaceholderRows::make(migration, task.object, task.route);
    case Step::record:
      return std::unique_ptr<RowMaker>(
          std::make_unique<RecordRows>(migration, task.object, task.route));
    case Step::update:
      return MatchedRows::make(migration, task.object, task.route);
    case Step::link:
      return LinkRows::make(migration, task.table);
    case Step::lookup:
      return std::unique_ptr<RowMaker>(
          std::make_unique<LateReferences>(migration, task.object, task.route));
    case Step::matched_lookup:
      return std::unique_ptr<RowMaker>(
          std::make_unique<MatchedReferences>(migration, task.object, task.route));
    case Step::state:
      return std::unique_ptr<RowMaker>(
          std::make_unique<StateRows>(migration, task.object, task.table));
  }
  return Error{.fault = Fault::setup, .message = "a step that nobody knows"};
}

Result<Task> task_of(const Migration& migration, const store::Assignment& assignment,
                     model::Verb verb) {
  Task task{.table = assignment.table, .object = assignment.object};
  if (assignment.role == "own") {
    task.step = Step::own;
    return task;
  }
  if (is_link(assignment.role)) {
    task.step = Step::link;
    return task;
  }
  task.object = map_name(assignment);
  FLIT_TRY(route, route_to(migration, task.object, assignment.table));
  task.route = route;
  if (assignment.role == "placeholder") task.step = Step::placeholder;
  if (verb == model::Verb::update) task.step = update_step(assignment);
  if (verb == model::Verb::close) task.step = Step::state;
  return task;
}

}  // namespace flit::engine
