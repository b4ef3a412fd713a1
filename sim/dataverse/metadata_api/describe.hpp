#pragma once
/// @file Tables, columns, relationships, keys and choices as metadata JSON (fact sheet §11).

#include "sim/dataverse/metadata/catalogue.hpp"
#include "sim/dataverse/metadata_api/meta_item.hpp"
#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

MetaItem describe(const Organization& org, const Table& table);

/// `whole`: with the properties of the derived type, as after a cast.
MetaItem describe(const Table& table, const Column& column, bool whole);
MetaItem describe(const OneToMany& relationship);
MetaItem describe(const ManyToMany& relationship);
MetaItem describe(const Organization& org, const Table& table, const AlternateKey& key);
MetaItem describe(const OptionSet& options, std::string_view type);

/// "String"/"StringType" of a column, its requirement level by name, and so on.
std::string_view to_string(RequiredLevel level);
std::string_view to_string(CascadeRule rule);
std::string_view to_string(Ownership ownership);

/// The columns of a table that the metadata API lists.
MetaList describe_columns(const Table& table, bool whole);

}  // namespace flit::sim::dataverse
