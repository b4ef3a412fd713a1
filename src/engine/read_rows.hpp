#pragma once
/// @file Rows by their ids, however many: asked for in parts of which each is one request.

#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "engine/migration.hpp"

namespace flit::engine {

/// Ids and a select of many columns fit into one URL (facts/dataverse.md §13).
inline constexpr std::size_t rows_per_question = 100;

/// Which rows of a table, and which of their columns.
struct RowSelection {
  std::string_view table{};
  std::span<const std::string> columns{};
  std::span<const std::string> ids{};
};

/// A part whose answer broke off is asked for again, so `sink` may see a row twice.
Result<void> read_rows(const Migration& migration, const RowSelection& rows,
                       const model::RowSink& sink, std::stop_token stop);

/// model::RowReader::editor_column(), asked for until it is answered.
Result<std::string> editor_column(const Migration& migration, std::string_view table,
                                  std::stop_token stop);

}  // namespace flit::engine
