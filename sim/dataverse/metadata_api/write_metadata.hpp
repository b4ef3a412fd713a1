#pragma once
/// @file Changing definitions (fact sheet §11). REQUIRES: the exclusive lock.

#include "sim/dataverse/metadata_api/metadata_api.hpp"

namespace flit::sim::dataverse {

Answer<ApiReply> create_table(Session& session);
Answer<ApiReply> update_table(Session& session, Table& table);
Answer<ApiReply> delete_table(Session& session, Table& table);
Answer<ApiReply> create_column(Session& session, Table& table);
Answer<ApiReply> update_column(Session& session, Table& table, Column& column);
Answer<ApiReply> delete_column(Session& session, Table& table, const Column& column);
Answer<ApiReply> create_relationship(Session& session);
Answer<ApiReply> update_relationship(Session& session, const std::string& name);
Answer<ApiReply> delete_relationship(Session& session, const std::string& name);
Answer<ApiReply> create_key(Session& session, Table& table);
Answer<ApiReply> delete_key(Session& session, Table& table, const std::string& name);
Answer<ApiReply> create_choice(Session& session);
Answer<ApiReply> update_choice(Session& session, OptionSet& choice);
Answer<ApiReply> delete_choice(Session& session, const std::string& name);

/// Adds a finished column to the table: ids, default marks, money's companions.
Column& install_column(Session& session, Table& table, Column column);

/// 204 with the URL of what was made.
ApiReply made(const Session& session, const std::string& path);

}  // namespace flit::sim::dataverse
