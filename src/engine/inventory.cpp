#include "engine/inventory.hpp"

#include "model/facts_json.hpp"
#include "model/schema_json.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

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

Result<void> Inventory::describe_source(InventoryResult& result, std::stop_token stop) {
  auto facts = parts_.source_pacer.call<model::SourceFacts>(
      Repeat::reads, stop, [&] { return parts_.source_schema.facts(stop); });
  if (!facts) return Error(facts.error()).during("asking the source what it is");
  auto schema = parts_.source_pacer.call<model::Schema>(
      Repeat::reads, stop, [&] { return parts_.source_schema.describe(stop); });
  if (!schema) return Error(schema.error()).during("describing the source");
  FLIT_TRY_VOID(keep(parts_.environment, InventoryNames::source_facts, to_json(*facts)));
  FLIT_TRY_VOID(keep(parts_.environment, InventoryNames::source_schema, to_json(*schema)));
  result.source = std::move(*facts);
  result.source_schema = std::move(*schema);
  return {};
}

Result<void> Inventory::describe_destination(std::span<const std::string> tables,
                                             InventoryResult& result, std::stop_token stop) {
  auto facts = parts_.destination_pacer.call<model::DestinationFacts>(
      Repeat::reads, stop, [&] { return parts_.destination.facts(stop); });
  if (!facts) return Error(facts.error()).during("asking the destination what it is");
  FLIT_TRY_VOID(keep(parts_.environment, InventoryNames::destination_facts, to_json(*facts)));
  result.destination = std::move(*facts);
  FLIT_TRY(schema, engine::describe_destination(parts_.environment, parts_.destination,
                                                parts_.destination_pacer, tables, stop));
  result.destination_schema = std::move(schema);
  return {};
}

Result<InventoryResult> Inventory::run(std::span<const std::string> tables, std::stop_token stop) {
  InventoryResult result;
  FLIT_TRY_VOID(describe_source(result, stop));
  FLIT_TRY_VOID(describe_destination(tables, result, stop));
  Extraction extraction(parts_.environment, parts_.source_reader, parts_.source_pacer, settings_);
  FLIT_TRY(lists, extraction.run(stop));
  result.lists = std::move(lists);
  return result;
}

}  // namespace flit::engine
