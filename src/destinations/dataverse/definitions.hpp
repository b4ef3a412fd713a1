#pragma once
/// @file The metadata API's bodies for new tables, columns, choices, relationships and keys.
///
/// Pure: a step of the plan in, JSON out, in the shapes of facts/dataverse.md §11. Names are used
/// as they are given; the platform's logical name is their lower case.

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "model/schema_change.hpp"

namespace flit::destinations::dataverse {

std::string table_definition(const model::CreateTable& change, std::uint32_t language);

/// `choice_id`: the MetadataId of the global choice that the column uses. Fault::setup: the
/// platform has no such column.
Result<std::string> column_definition(const model::CreateColumn& change,
                                      const std::optional<std::string>& choice_id,
                                      std::uint32_t language);

std::string choice_definition(const model::CreateChoice& change, std::uint32_t language);

/// InsertOptionValue, or InsertStatusValue where the option has a state.
std::string option_definition(const model::AddOption& change, const std::string& solution,
                              std::uint32_t language);

/// One target: RelationshipDefinitions. `parent_id`: the parent's primary id column.
std::string relationship_definition(const model::CreateRelationship& change,
                                    const std::string& parent_id, std::uint32_t language);

/// Several targets: CreatePolymorphicLookupAttribute.
std::string polymorphic_definition(const model::CreateRelationship& change,
                                   const std::string& solution, std::uint32_t language);

std::string key_definition(const model::CreateKey& change, std::uint32_t language);

}  // namespace flit::destinations::dataverse
