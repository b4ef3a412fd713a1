#pragma once
/// @file S-01: what both ends are and hold, described, read and kept in the ledger.
///
/// Descriptions are documents of the ledger, replaced whenever the inventory is taken again;
/// records are staged by Extraction, which goes on where it stopped. Nothing is written anywhere
/// else.

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/environment.hpp"
#include "engine/extraction.hpp"
#include "engine/pacer.hpp"
#include "model/destination.hpp"
#include "model/source.hpp"

namespace flit::engine {

/// Names of the ledger's documents that the inventory writes.
struct InventoryNames {
  static constexpr std::string_view source_facts = "source facts";
  static constexpr std::string_view source_schema = "source schema";
  /// The last source schema that was another than the present one.
  static constexpr std::string_view earlier_source_schema = "earlier source schema";
  static constexpr std::string_view destination_facts = "destination facts";
  static constexpr std::string_view destination_schema = "destination schema";
};

struct InventoryResult {
  model::SourceFacts source;
  model::DestinationFacts destination;
  model::Schema source_schema;
  model::Schema destination_schema;
  std::vector<ExtractedList> lists;
};

class Inventory {
 public:
  struct Parts {
    Environment& environment;
    model::SourceSchema& source_schema;
    model::SourceReader& source_reader;
    Pacer& source_pacer;
    model::SchemaReader& destination;
    Pacer& destination_pacer;
  };

  Inventory(const Parts& parts, ExtractionSettings settings) : parts_(parts), settings_(settings) {}

  /// Describes both ends, and refuses others than the migration began with. `tables`: those of the
  /// destination that the path can write or look at.
  Result<InventoryResult> look(std::span<const std::string> tables, std::stop_token stop);

  /// Reads the records into the ledger. REQUIRES: what look() found.
  Result<void> read_records(InventoryResult& result, std::stop_token stop);

 private:
  Result<void> describe_source(InventoryResult& result, std::stop_token stop);
  Result<void> describe_destination(std::span<const std::string> tables, InventoryResult& result,
                                    std::stop_token stop);

  Parts parts_;
  ExtractionSettings settings_;
};

/// Success unless the ledger knows another environment: then nothing may be written to this one.
Result<void> same_destination(const Environment& environment, const model::DestinationFacts& now);

/// Adds what changed at the source between two inventories to the findings of S-01.
Result<void> note_drift(Environment& environment);

/// Describes the destination anew and keeps it: behind the inventory, and after its schema changed.
Result<model::Schema> describe_destination(Environment& environment, model::SchemaReader& reader,
                                           Pacer& pacer, std::span<const std::string> tables,
                                           std::stop_token stop);

}  // namespace flit::engine
