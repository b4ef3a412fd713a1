#pragma once
/// @file What file and image columns hold: put, found, removed (fact sheet §10, §12).
///
/// A file column's cell is the id of a `fileattachment` row that tells name, type and size; its
/// bytes lie in the FileStore under that id. An image column's cell is the image itself, as base64.
/// Bytes follow the transaction like cells. Sizes count raw bytes here, not base64.

#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

inline bool holds_content(const Column& column) {
  return column.type == ColumnType::file || column.type == ColumnType::image;
}

/// MaxSizeInKB in bytes; 10,240 KB for image columns that do not say (§12).
inline std::size_t largest_content(const Column& column) {
  constexpr int usual_kb = 10'240;
  return static_cast<std::size_t>(column.max_size_kb > 0 ? column.max_size_kb : usual_kb) * 1024;
}

/// Replaces what the column of that row holds; gives the file's id, which is the same for the same
/// content. Refused: larger than MaxSizeInKB (0x80044a02, images 0x80072553), an extension in
/// organization.blockedattachments (0x80043e09), a name of more than 255 characters (0x80044331),
/// no image (0x80072553).
Answer<Uuid> put_content(Work& work, const Table& table, const Uuid& row, const Column& column,
                         StoredFile file);

/// Empties the column; nothing happens when it is empty.
Answer<void> clear_content(Work& work, const Table& table, const Uuid& row, const Column& column);

/// None when the column is empty. REQUIRES: holds_content(column).
std::optional<StoredFile> content_of(const Organization& org, const Row& row, const Column& column);

/// Images in a body (§10: base64 in the row): their kind, their size, and that a create brings only
/// the primary one (0x80090487).
Answer<void> check_images(const Table& table, const RowDraft& draft, bool is_create);

/// "image/png" and so on by the first bytes; empty when it is none of the five kinds that image
/// columns take.
std::string_view image_type(std::string_view bytes);

}  // namespace flit::sim::dataverse
