#pragma once
/// @file Bytes that go in and out by URL and by blocks: what the two ways share (fact sheet §12).

#include "sim/dataverse/api/session.hpp"

namespace flit::sim::dataverse {

/// The longest block or chunk, and the recommended one.
inline constexpr std::size_t largest_block = 4UL * 1024 * 1024;

/// Octets, the start of a chunked transfer, or one of its chunks; anything else is a property.
bool is_upload(const ApiCall& call, const odata::QueryOptions& options);

Answer<ApiReply> upload_to_column(Session& session, const Table& table, const Uuid& row,
                                  const Column& column);

/// …/column/$value as octets, …/column as base64 in JSON: 200, 206 for a Range, 204 when there is
/// nothing.
Answer<ApiReply> download_from_column(Session& session, const Row& row, const Column& column,
                                      bool raw);

/// The row that an action's "Target" names; it may not exist.
struct FileTarget {
  const Table* table = nullptr;
  Uuid id{};
};
Answer<FileTarget> file_target(const Session& session, json::Value target);
Answer<void> check_row(const Session& session, const FileTarget& target);

/// FileAttributeName of an action: a file or image column of that table.
Answer<const Column*> file_column(const Table& table, json::Value name);

}  // namespace flit::sim::dataverse
