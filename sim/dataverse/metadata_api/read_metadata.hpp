#pragma once
/// @file Reading definitions, and finding the part of the catalogue that a path names.

#include "sim/dataverse/metadata_api/metadata_api.hpp"

namespace flit::sim::dataverse {

Answer<ApiReply> read_metadata(Session& session);

const Table* find_table(const Session& session, const odata::Segment& segment);
const Column* find_column(const Table& table, const odata::Segment& segment);
std::string relationship_name(const Session& session, const odata::Segment& segment);
std::shared_ptr<OptionSet> find_choice(const Session& session, const odata::Segment& segment);
bool is_hidden(const Session& session, const Column& column);

}  // namespace flit::sim::dataverse
