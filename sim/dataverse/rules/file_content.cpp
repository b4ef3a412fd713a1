#include "sim/dataverse/rules/file_content.hpp"

#include "base/encoding.hpp"
#include "base/hash.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/direct_row.hpp"
#include "sim/dataverse/rules/files.hpp"
#include "sim/dataverse/rules/rule_set.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr std::uint32_t process_image_failure = 0x80072553;

bool is_primary(const Column& column) {
  return column.is_primary_image || column.logical_name == "entityimage";
}

Answer<void> check_image(const Table& table, const Column& column, std::string_view bytes) {
  if (image_type(bytes).empty())
    return refuse(errors::other(400, process_image_failure,
                                "Error occured when processing image. Reason: Update image "
                                "properties failed for logicalName: " +
                                    table.logical_name + ", attribute: " + column.logical_name));
  const std::size_t most = largest_content(column);
  if (bytes.size() <= most) return {};
  constexpr std::size_t megabyte = 1024UL * 1024;
  const auto megabytes = [](std::size_t size) { return std::to_string(size / megabyte); };
  return refuse(errors::other(
      400, process_image_failure,
      "Error occured when processing image. Reason: File size is too big. MaxSize: " +
          megabytes(most) + " MB, Uploaded filesize: " + megabytes(bytes.size()) + " MB."));
}

/// Where a file belongs.
struct FilePlace {
  const Table& table;
  const Uuid& row;
  const Column& column;
};

/// The same content of the same column is the same file: digests do not depend on when it came.
Uuid file_id(const Uuid& row, const Column& column, const StoredFile& file) {
  const std::string text = column.logical_name + "\n" + file.name + "\n" + file.mime_type + "\n" +
                           sha256_hex(*file.bytes);
  return derived_id(row, hash64(text));
}

void store(Work& work, const Uuid& id, StoredFile file) {
  FileStore& files = work.org.files;
  const StoredFile* known = files.find(id);
  work.tx.on_rollback(
      [&files, id, before = known == nullptr ? std::nullopt : std::optional(*known)] {
        if (before)
          files.put(id, *before);
        else
          files.erase(id);
      });
  files.put(id, std::move(file));
}

void discard(Work& work, const Uuid& id) {
  FileStore& files = work.org.files;
  const StoredFile* known = files.find(id);
  if (known == nullptr) return;
  work.tx.on_rollback([&files, id, before = *known] { files.put(id, before); });
  files.erase(id);
}

void describe_file(Work& work, const FilePlace& place, const Uuid& id, const StoredFile& file) {
  put_direct(work, work.org.table("fileattachment"), id,
             {{"filename", Cell::of_text(file.name)},
              {"mimetype", Cell::of_text(file.mime_type)},
              {"filesizeinbytes", Cell::integer(static_cast<std::int64_t>(file.bytes->size()))},
              {"objectid", Cell::lookup(place.table.index, place.row)},
              {"objecttypecode", Cell::of_text(place.table.logical_name)},
              {"regardingfieldname", Cell::of_text(place.column.logical_name)}});
}

/// The column's cell and its "_name" companion.
Answer<void> point_at(Work& work, const FilePlace& place, const Cell& id, std::string_view name) {
  RowDraft draft;
  draft.set(place.column.index, id);
  if (const Column* companion = place.table.column(place.column.logical_name + "_name"))
    draft.set(companion->index, name.empty() ? Cell::null() : Cell::of_text(name));
  return update_row(work, place.table, place.row, draft);
}

void drop_attachment(Work& work, const Uuid& id) {
  discard(work, id);
  work.tx.take(work.org.table("fileattachment"), id);
}

Answer<Uuid> put_image(Work& work, const Table& table, const Uuid& row, const Column& column,
                       const StoredFile& file) {
  FLIT_TRY_VOID(check_image(table, column, *file.bytes));
  const std::string encoded = base64::encode(*file.bytes);
  RowDraft draft;
  draft.set(column.index, Cell::of_text(encoded));
  FLIT_TRY_VOID(update_row(work, table, row, draft));
  return file_id(row, column, file);
}

Answer<void> attachment_after_delete(Work& work, const Table&, const Row& row) {
  discard(work, row.head.id);
  return {};
}

}  // namespace

std::string_view image_type(std::string_view bytes) {
  constexpr std::pair<std::string_view, std::string_view> kinds[] = {
      {"GIF8", "image/gif"},
      {"\xFF\xD8\xFF", "image/jpeg"},
      {std::string_view("II*\0", 4), "image/tiff"},
      {std::string_view("MM\0*", 4), "image/tiff"},
      {"BM", "image/bmp"},
      {"\x89PNG\r\n\x1A\n", "image/png"}};
  for (const auto& [start, type] : kinds)
    if (bytes.substr(0, start.size()) == start) return type;
  return {};
}

Answer<Uuid> put_content(Work& work, const Table& table, const Uuid& row, const Column& column,
                         StoredFile file) {
  FLIT_TRY_VOID(check_extension(work, file.name));
  constexpr int longest_name = 255;  // of fileattachment.filename
  if (file.name.size() > longest_name)
    return refuse(errors::string_too_long("fileattachment", "filename", longest_name));
  if (column.type == ColumnType::image) return put_image(work, table, row, column, file);
  if (file.bytes->size() > largest_content(column)) return refuse(errors::file_too_big());
  const Row* before = work.store().row(table, row);
  if (before == nullptr) return refuse(errors::object_does_not_exist(table.logical_name, row));
  const Cell old = before->cell(column.index);
  const Uuid id = file_id(row, column, file);
  const FilePlace place{table, row, column};
  FLIT_TRY_VOID(point_at(work, place, Cell::uuid(id), file.name));
  if (old.has_value() && old.id != id) drop_attachment(work, old.id);
  describe_file(work, place, id, file);
  store(work, id, std::move(file));
  return id;
}

Answer<void> clear_content(Work& work, const Table& table, const Uuid& row, const Column& column) {
  const Row* before = work.store().row(table, row);
  if (before == nullptr) return refuse(errors::object_does_not_exist(table.logical_name, row));
  const Cell old = before->cell(column.index);
  if (!old.has_value()) return {};
  const Uuid id = old.id;
  FLIT_TRY_VOID(point_at(work, {table, row, column}, Cell::null(), ""));
  if (column.type == ColumnType::file) drop_attachment(work, id);
  return {};
}

std::optional<StoredFile> content_of(const Organization& org, const Row& row,
                                     const Column& column) {
  const Cell cell = row.cell(column.index);
  if (!cell.has_value()) return std::nullopt;
  if (column.type == ColumnType::file) {
    const StoredFile* file = org.files.find(cell.id);
    return file == nullptr ? std::nullopt : std::optional(*file);
  }
  auto bytes = base64::decode(cell.text);
  if (!bytes) return std::nullopt;
  StoredFile image{.name = column.logical_name, .mime_type = std::string(image_type(*bytes))};
  image.bytes = std::make_shared<const std::string>(std::move(*bytes));
  return image;
}

Answer<void> check_images(const Table& table, const RowDraft& draft, bool is_create) {
  for (const std::uint16_t index : table.image_columns()) {
    const Column& column = table.column_at(index);
    const Cell* cell = draft.find(index);
    if (cell == nullptr || !cell->has_value()) continue;
    if (is_create && !is_primary(column))
      return refuse(errors::other(400, 0x80090487,
                                  "Non-primary image attribute " + column.logical_name +
                                      " of entity " + table.logical_name +
                                      " is not allowed to upload during Create operation."));
    const auto bytes = base64::decode(cell->text);
    if (bytes) FLIT_TRY_VOID(check_image(table, column, *bytes));
  }
  return {};
}

const RuleSet file_attachment_rules{.after_delete = attachment_after_delete};

}  // namespace flit::sim::dataverse
