#include "engine/inventory.hpp"

#include <optional>

#include <fmt/format.h>

#include "engine/schema_drift.hpp"
#include "model/facts_json.hpp"
#include "model/schema_json.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

Result<std::optional<std::string>> kept(const Environment& environment, std::string_view name) {
  std::optional<std::string> body;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, store::document(reader, name));
    body = std::move(found);
    return {};
  }));
  return body;
}

Error another(std::string_view end, std::string_view found, std::string_view expected) {
  return {.fault = Fault::setup,
          .message = fmt::format("this is another {} ({}) than the one that this migration began "
                                 "with ({})",
                                 end, found, expected),
          .where = fmt::format("flitstack.yaml › {}", end),
          .remedy =
              "Put its address back, or begin a new migration in another folder: "
              "flitstack init"};
}

/// Records of two accounts in one ledger could never be told apart again.
Result<void> same_account(const Environment& environment, const model::SourceFacts& now) {
  FLIT_TRY(body, kept(environment, InventoryNames::source_facts));
  if (!body) return {};
  FLIT_TRY(before, model::source_facts_of_json(*body));
  if (before.account_id.empty() || before.account_id == now.account_id) return {};
  return another("source", now.account_id, before.account_id);
}

/// The schema, and beside it the last one that was not the same.
Result<void> keep_schema(Environment& environment, const std::string& schema) {
  FLIT_TRY(before, kept(environment, InventoryNames::source_schema));
  const Instant now = environment.clock().now();
  return environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    if (before && *before != schema)
      FLIT_TRY_VOID(
          store::put_document(transaction, InventoryNames::earlier_source_schema, *before, now));
    return store::put_document(transaction, InventoryNames::source_schema, schema, now);
  });
}

Result<void> keep(Environment& environment, std::string_view name, const std::string& body) {
  return environment.ledger.commit([&](store::sql::Connection& transaction) {
    return store::put_document(transaction, name, body, environment.clock().now());
  });
}

}  // namespace

Result<model::Schema> describe_destination(Environment& environment, model::SchemaReader& reader,
                                           Pacer& pacer, std::span<const std::string> tables,
                                           std::stop_token stop) {
  auto schema =
      pacer.call<model::Schema>(Repeat::reads, stop, [&] { return reader.describe(tables, stop); });
  if (!schema) return Error(schema.error()).during("describing the destination");
  FLIT_TRY_VOID(keep(environment, InventoryNames::destination_schema, to_json(*schema)));
  return schema;
}

Result<void> same_destination(const Environment& environment, const model::DestinationFacts& now) {
  FLIT_TRY(body, kept(environment, InventoryNames::destination_facts));
  if (!body) return {};
  FLIT_TRY(before, model::destination_facts_of_json(*body));
  if (before.organization_id.empty() || before.organization_id == now.organization_id) return {};
  return another("destination", now.organization_id, before.organization_id);
}

Result<void> note_drift(Environment& environment) {
  FLIT_TRY(before, kept(environment, InventoryNames::earlier_source_schema));
  FLIT_TRY(now, kept(environment, InventoryNames::source_schema));
  if (!before || !now) return {};
  FLIT_TRY(was, model::schema_of_json(*before));
  FLIT_TRY(is, model::schema_of_json(*now));
  const std::vector<store::Finding> found = schema_drift(was, is);
  return environment.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    for (const store::Finding& one : found) FLIT_TRY_VOID(store::add_finding(transaction, one, {}));
    return {};
  });
}

Result<void> Inventory::describe_source(InventoryResult& result, std::stop_token stop) {
  auto facts = parts_.source_pacer.call<model::SourceFacts>(
      Repeat::reads, stop, [&] { return parts_.source_schema.facts(stop); });
  if (!facts) return Error(facts.error()).during("asking the source what it is");
  auto schema = parts_.source_pacer.call<model::Schema>(
      Repeat::reads, stop, [&] { return parts_.source_schema.describe(stop); });
  if (!schema) return Error(schema.error()).during("describing the source");
  FLIT_TRY_VOID(same_account(parts_.environment, *facts));
  FLIT_TRY_VOID(keep(parts_.environment, InventoryNames::source_facts, to_json(*facts)));
  FLIT_TRY_VOID(keep_schema(parts_.environment, to_json(*schema)));
  result.source = std::move(*facts);
  result.source_schema = std::move(*schema);
  return {};
}

Result<void> Inventory::describe_destination(std::span<const std::string> tables,
                                             InventoryResult& result, std::stop_token stop) {
  auto facts = parts_.destination_pacer.call<model::DestinationFacts>(
      Repeat::reads, stop, [&] { return parts_.destination.facts(stop); });
  if (!facts) return Error(facts.error()).during("asking the destination what it is");
  FLIT_TRY_VOID(same_destination(parts_.environment, *facts));
  FLIT_TRY_VOID(keep(parts_.environment, InventoryNames::destination_facts, to_json(*facts)));
  result.destination = std::move(*facts);
  FLIT_TRY(schema, engine::describe_destination(parts_.environment, parts_.destination,
                                                parts_.destination_pacer, tables, stop));
  result.destination_schema = std::move(schema);
  return {};
}

Result<InventoryResult> Inventory::look(std::span<const std::string> tables, std::stop_token stop) {
  InventoryResult result;
  FLIT_TRY_VOID(describe_source(result, stop));
  FLIT_TRY_VOID(describe_destination(tables, result, stop));
  return result;
}

Result<void> Inventory::read_records(InventoryResult& result, std::stop_token stop) {
  Extraction extraction(parts_.environment, parts_.source_reader, parts_.source_pacer, settings_);
  FLIT_TRY(lists, extraction.run(stop));
  result.lists = std::move(lists);
  return {};
}

}  // namespace flit::engine
