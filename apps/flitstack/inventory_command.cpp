// `flitstack inventory`: S-01, what both ends are and hold.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "apps/flitstack/stage_command.hpp"
#include "apps/wiring/reporting.hpp"
#include "base/json_writer.hpp"
#include "engine/inventory.hpp"
#include "engine/profile.hpp"
#include "model/facts_json.hpp"

namespace flit::app {
namespace {

struct ObjectCount {
  std::string object;
  std::uint64_t records = 0;
  std::size_t fields = 0;
};

Result<std::vector<ObjectCount>> count_objects(wiring::Workspace& workspace,
                                               const model::Schema& schema) {
  std::vector<ObjectCount> counts;
  engine::Environment& environment = workspace.environment();
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    for (const model::Object& object : schema.objects) {
      FLIT_TRY(records, environment.books.staging.count(reader, object.name));
      counts.push_back({object.name, records, object.fields.size()});
    }
    return {};
  }));
  return counts;
}

std::string summary_of(const engine::InventoryResult& result,
                       const std::vector<ObjectCount>& counts) {
  json::Writer out;
  out.begin_object().key("source").raw(model::to_json(result.source));
  out.key("destination").raw(model::to_json(result.destination));
  out.key("objects").begin_array();
  for (const ObjectCount& one : counts)
    out.begin_object()
        .member("object", one.object)
        .member("records", one.records)
        .member("fields", one.fields)
        .end_object();
  out.end_array().member("tables", result.destination_schema.objects.size()).end_object();
  return out.take();
}

void print(const engine::InventoryResult& result, const std::vector<ObjectCount>& counts,
           Terminal& terminal) {
  terminal.print(fmt::format("{} {} ({}, {}, {})", terminal.bold("source"), result.source.account,
                             result.source.edition, result.source.time_zone,
                             result.source.currency));
  for (const ObjectCount& one : counts)
    terminal.print(fmt::format("  {:<16} {:>10} records {:>5} fields", one.object,
                               grouped(one.records), one.fields));
  for (const model::Reach& reach : result.source.reach)
    if (reach.verdict != model::Reach::Verdict::ok)
      terminal.print(fmt::format("  {}: {}{}", reach.endpoint, model::to_string(reach.verdict),
                                 reach.detail.empty() ? "" : ", " + reach.detail));
  terminal.print(fmt::format("{} {} ({}), {} users, {} tables looked at",
                             terminal.bold("destination"), result.destination.organization,
                             result.destination.edition, grouped(result.destination.users),
                             result.destination_schema.objects.size()));
}

Result<Exit> run(const Invocation& invocation) {
  FLIT_TRY(session, open_session(invocation));
  wiring::Workspace& workspace = session->workspace();
  FLIT_TRY(source, workspace.source());
  FLIT_TRY(destination, workspace.destination());
  engine::InventoryResult result;
  std::vector<ObjectCount> counts;
  std::string scope;
  FLIT_TRY(summary, on_record(*session, "S-01", [&]() -> Result<std::string> {
             engine::Inventory inventory(
                 {workspace.environment(), source->schema(), source->reader(), source->pacer(),
                  destination->faces().schema, destination->pacer()},
                 {});
             FLIT_TRY(taken, inventory.run(workspace.tables(), session->stop()));
             result = std::move(taken);
             FLIT_TRY(locale, workspace.locale());
             engine::Profile profile(workspace.environment(),
                                     {workspace.path(), result.source_schema, locale});
             FLIT_TRY_VOID(profile.run(session->stop()));
             FLIT_TRY(written, wiring::write_scope(workspace));
             scope = written.string();
             FLIT_TRY(counted, count_objects(workspace, result.source_schema));
             counts = std::move(counted);
             return summary_of(result, counts);
           }));
  invocation.terminal.print_json(summary);
  print(result, counts, invocation.terminal);
  FLIT_TRY(blocks, print_findings(*session, invocation.terminal, "S-01"));
  invocation.terminal.print("the scope document: " + scope);
  invocation.terminal.next(typed(invocation, "map propose"));
  return blocks > 0 ? Exit::findings_block : Exit::done;
}

}  // namespace

Command inventory_command() {
  Command command;
  command.name = "inventory";
  command.summary = "read the source, look at the destination (S-01)";
  command.teaching =
      "Describes both ends, reads every record of the source into the ledger and reports what it\n"
      "found: objects, counts, fields, what the credentials cannot reach, duplicates, missing and\n"
      "broken values. Reads only. Stopped, it goes on where it stopped.";
  command.run = run;
  return command;
}

}  // namespace flit::app
