#include "apps/wiring/stages/inventory.hpp"

#include <algorithm>
#include <array>

#include "apps/wiring/reporting.hpp"
#include "apps/wiring/stages/on_record.hpp"
#include "automap/inference.hpp"
#include "automap/shipped.hpp"
#include "base/json_writer.hpp"
#include "engine/field_samples.hpp"
#include "engine/profile.hpp"
#include "engine/stages.hpp"
#include "model/facts_json.hpp"
#include "model/schema_json.hpp"

namespace flit::wiring {
namespace {

/// What follows from records as they were.
constexpr std::array<std::string_view, 4> stale{"S-05", "S-07", "S-09", "S-11"};

/// Types, lengths and lists of choices that the source does not state are read off its values, with
/// counts and classes as evidence; the schema as it is then is what all later stages see.
Result<void> complete_schema(Workspace& workspace, model::Schema& schema) {
  const auto is_open = [](const model::Field& field) {
    return field.type == model::FieldType::unknown;
  };
  const bool any = std::any_of(schema.objects.begin(), schema.objects.end(), [&](const auto& one) {
    return std::any_of(one.fields.begin(), one.fields.end(), is_open);
  });
  if (!any) return {};
  FLIT_TRY(samples, engine::sample_fields(workspace.environment(), schema));
  const automap::Lexicon lexicon = automap::shipped_lexicon();
  for (model::Object& object : schema.objects)
    for (model::Field& field : object.fields) {
      const auto found = samples.find({object.name, field.name});
      if (!is_open(field) || found == samples.end()) continue;
      automap::fill_from_values(field, found->second);
      // A list of first names is no list of choices, and names of people belong in no schema.
      if (automap::names_people(field, lexicon)) automap::forget_values(field);
    }
  return workspace.put_document(engine::InventoryNames::source_schema, model::to_json(schema));
}

Result<std::vector<ObjectCount>> count_objects(Workspace& workspace, const model::Schema& schema) {
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

}  // namespace

Result<InventoryOutcome> take_inventory(Workspace& workspace, bool again, std::stop_token stop) {
  FLIT_TRY(source, workspace.source());
  FLIT_TRY(destination, workspace.destination());
  InventoryOutcome outcome;
  FLIT_TRY(summary, on_record(workspace, "S-01", [&]() -> Result<std::string> {
             engine::Inventory inventory(
                 {workspace.environment(), source->schema(), source->reader(), source->pacer(),
                  destination->faces().schema, destination->pacer()},
                 {.again = again});
             FLIT_TRY(taken, inventory.look(workspace.tables(), stop));
             if (again) FLIT_TRY_VOID(engine::reopen_stages(workspace.environment(), stale));
             FLIT_TRY_VOID(inventory.read_records(taken, stop));
             outcome.taken = std::move(taken);
             FLIT_TRY_VOID(complete_schema(workspace, outcome.taken.source_schema));
             FLIT_TRY(locale, workspace.locale());
             engine::Profile profile(workspace.environment(),
                                     {workspace.path(), outcome.taken.source_schema, locale});
             FLIT_TRY_VOID(profile.run(stop));
             FLIT_TRY_VOID(engine::note_drift(workspace.environment()));
             FLIT_TRY(written, write_scope(workspace));
             outcome.scope = std::move(written);
             FLIT_TRY(counted, count_objects(workspace, outcome.taken.source_schema));
             outcome.counts = std::move(counted);
             return summary_of(outcome.taken, outcome.counts);
           }));
  outcome.summary = std::move(summary);
  FLIT_TRY(found, findings_of(workspace, "S-01"));
  outcome.findings = std::move(found);
  if (blockers_among(outcome.findings) > 0) outcome.end = Exit::findings_block;
  return outcome;
}

}  // namespace flit::wiring
