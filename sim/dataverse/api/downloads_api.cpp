// Downloads by blocks, and DeleteFile (fact sheet §12; PD file-column-data.md, 2024-03).
//
// A continuation token names what is read, so that nothing is kept between the blocks.

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "sim/dataverse/api/file_calls.hpp"
#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/file_content.hpp"

namespace flit::sim::dataverse {
namespace {

/// A row's column whose bytes are read.
struct Place {
  const Table* table = nullptr;
  Uuid row{};
  const Column* column = nullptr;
};

std::string token_of(const Place& place) {
  return base64::encode(fmt::format("{}/{}/{}", place.table->logical_name, place.row.text(),
                                    place.column->logical_name));
}

Answer<Place> place_of(const Session& session, std::string_view token) {
  const auto bad = [] {
    return refuse(errors::invalid_argument("The FileContinuationToken is not valid."));
  };
  const auto text = base64::decode(token);
  if (!text) return bad();
  const std::size_t first = text->find('/'), last = text->rfind('/');
  if (first == std::string::npos || last == first) return bad();
  const Table* table = session.org.catalogue->table(text->substr(0, first));
  const auto row = Uuid::parse(std::string_view(*text).substr(first + 1, last - first - 1));
  const Column* column = table == nullptr ? nullptr : table->column(text->substr(last + 1));
  if (column == nullptr || !row) return bad();
  return Place{table, *row, column};
}

/// What the column holds: a file, an image, or the base64 text of a note or attachment.
Answer<StoredFile> bytes_at(const Session& session, const Place& place) {
  const Row* row = session.org.store->row(*place.table, place.row);
  if (row == nullptr)
    return refuse(errors::object_does_not_exist(place.table->logical_name, place.row));
  if (holds_content(*place.column)) {
    const bool full = place.column->type == ColumnType::file || place.column->can_store_full_image;
    auto file = full ? content_of(session.org, *row, *place.column) : std::nullopt;
    if (file) return std::move(*file);
    return refuse(errors::other(
        404, 0x80040217,
        fmt::format("No FileAttachment records found for attribute: {} of {} record with id {}.",
                    place.column->logical_name, place.table->logical_name, place.row.text())));
  }
  auto bytes = base64::decode(row->cell(place.column->index).text);
  const Column* name = place.table->column("filename");
  StoredFile file;
  if (name != nullptr) file.name = std::string(row->cell(name->index).text);
  file.bytes = std::make_shared<const std::string>(bytes ? std::move(*bytes) : std::string());
  return file;
}

Answer<ApiReply> begin(const Session& session, const Place& place, std::string_view response) {
  FLIT_TRY(file, bytes_at(session, place));
  json::Writer out = response_of(session, response);
  out.member("FileContinuationToken", token_of(place));
  out.member("FileSizeInBytes", file.bytes->size()).member("FileName", file.name);
  if (holds_content(*place.column)) out.member("IsChunkingSupported", true);
  out.end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> begin_body(Session& session, std::string_view set, std::string_view table_name,
                            std::string_view column, std::string_view response) {
  FLIT_TRY(document, read_body(session.call, set));
  FLIT_TRY(target, file_target(session, document.root()["Target"]));
  if (target.table->logical_name != table_name)
    return refuse(
        errors::invalid_argument("The target is not of type '" + std::string(table_name) + "'."));
  return begin(session, {target.table, target.id, target.table->column(column)}, response);
}

}  // namespace

Answer<ApiReply> begin_file_download(Session& session) {
  FLIT_TRY(document, read_body(session.call, "InitializeFileBlocksDownload"));
  const json::Value body = document.root();
  FLIT_TRY(target, file_target(session, body["Target"]));
  FLIT_TRY(column, file_column(*target.table, body["FileAttributeName"]));
  return begin(session, {target.table, target.id, column}, "InitializeFileBlocksDownloadResponse");
}

Answer<ApiReply> begin_annotation_download(Session& session) {
  return begin_body(session, "annotations", "annotation", "documentbody",
                    "InitializeAnnotationBlocksDownloadResponse");
}

Answer<ApiReply> begin_attachment_download(Session& session) {
  return begin_body(session, "activitymimeattachments", "activitymimeattachment", "body",
                    "InitializeAttachmentBlocksDownloadResponse");
}

Answer<ApiReply> download_block(Session& session) {
  FLIT_TRY(document, read_body(session.call, "DownloadBlock"));
  const json::Value body = document.root();
  FLIT_TRY(place, place_of(session, body["FileContinuationToken"].string_or("")));
  FLIT_TRY(file, bytes_at(session, place));
  const auto offset = body["Offset"].as_integer(), length = body["BlockLength"].as_integer();
  const auto size = static_cast<std::int64_t>(file.bytes->size());
  if (!offset || !length || *offset < 0 || *length < 0 || *offset > size)
    return refuse(errors::other(400, 0x80090000, "The requested range of the file is invalid."));
  if (*length > static_cast<std::int64_t>(largest_block))
    return refuse(errors::chunk_too_big(static_cast<std::size_t>(*length)));
  json::Writer out = response_of(session, "DownloadBlockResponse");
  out.member("Data", base64::encode(std::string_view(*file.bytes)
                                        .substr(static_cast<std::size_t>(*offset),
                                                static_cast<std::size_t>(*length))));
  out.end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> delete_file(Session& session) {
  FLIT_TRY(document, read_body(session.call, "DeleteFile"));
  const auto id = Uuid::parse(document.root()["FileId"].string_or(""));
  if (!id) return refuse(errors::payload("DeleteFile", "The parameter 'FileId' is missing."));
  const Table& attachments = session.org.table("fileattachment");
  const Row* attachment = session.org.store->row(attachments, *id);
  if (attachment == nullptr) return refuse(errors::object_does_not_exist("fileattachment", *id));
  const Cell object = attachment->cell(attachments.column("objectid")->index);
  const Table& table = session.org.catalogue->table_at(object.table);
  const Uuid row = object.id;
  const Column* column =
      table.column(attachment->cell(attachments.column("regardingfieldname")->index).text);
  if (column == nullptr) return refuse(errors::object_does_not_exist("fileattachment", *id));
  FLIT_TRY_VOID(clear_content(*session.work, table, row, *column));
  return ApiReply::no_content();
}

}  // namespace flit::sim::dataverse
