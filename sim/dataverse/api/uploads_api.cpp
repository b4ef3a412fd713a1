// Uploads by blocks: notes, e-mail attachments, file columns (fact sheet §12).

#include "base/encoding.hpp"
#include "sim/dataverse/api/file_calls.hpp"
#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/payload/payload_reader.hpp"
#include "sim/dataverse/rules/file_content.hpp"
#include "sim/dataverse/rules/files.hpp"

namespace flit::sim::dataverse {
namespace {

Answer<ApiReply> begin(Session& session, const char* response, Upload upload) {
  const std::string token = base64::encode(session.org.ids.fresh().text());
  session.org.files.begin(token, std::move(upload));
  json::Writer out = response_of(session, response);
  out.member("FileContinuationToken", token).end_object();
  return ApiReply::json(200, out.take());
}

Answer<Upload*> upload_of(Session& session, json::Value body) {
  Upload* upload =
      session.org.files.upload(std::string(body["FileContinuationToken"].string_or("")));
  if (upload == nullptr)
    return refuse(errors::invalid_argument("The FileContinuationToken is not valid."));
  return upload;
}

/// A base64 text of at most 64 bytes, of one length in the whole file (§12).
Answer<void> check_block_id(const Upload& upload, std::string_view id) {
  constexpr std::size_t longest = 64;
  const auto plain = base64::decode(id);
  if (id.empty() || !plain || plain->size() > longest)
    return refuse(errors::file_parameter("BlockId is not the base64 form of at most 64 bytes."));
  if (!upload.blocks.empty() && upload.blocks.begin()->first.size() != id.size())
    return refuse(errors::file_parameter("Every BlockId of a file must be of the same length."));
  return {};
}

/// The blocks in the order of BlockList.
Answer<std::string> joined_blocks(const Upload& upload, json::Value list) {
  std::string bytes;
  for (const json::Value name : list.elements()) {
    const auto block = upload.blocks.find(std::string(name.string_or("")));
    if (block == upload.blocks.end())
      return refuse(errors::other(400, 0x80090006, "A block of BlockList has not been uploaded."));
    bytes += block->second;
  }
  return bytes;
}

/// A row as the client sent it, and the content that belongs into one of its columns.
struct Document {
  json::Value row;
  std::string_view body_column;
  const std::string& bytes;
};

/// Writes the content through the ordinary rules of the table: size and extension count as always.
Answer<Uuid> write_document(Session& session, const Table& table, const Document& document,
                            Purpose purpose) {
  const std::string encoded = base64::encode(document.bytes);
  RowDraft draft;
  FLIT_TRY_VOID(PayloadReader(session.org, table, purpose).read(document.row, draft));
  draft.set(table.column(document.body_column)->index, Cell::of_text(encoded));
  if (purpose == Purpose::create) return create_row(*session.work, table, draft);
  const Uuid id = draft.id.value_or(Uuid{});
  FLIT_TRY_VOID(update_row(*session.work, table, id, draft));
  return id;
}

}  // namespace

Answer<FileTarget> file_target(const Session& session, json::Value target) {
  std::string_view type = target["@odata.type"].string_or("");
  if (type.starts_with("Microsoft.Dynamics.CRM.")) type.remove_prefix(23);
  const Table* table = session.org.catalogue->table(type);
  if (table == nullptr)
    return refuse(errors::payload("Target", "The target's '@odata.type' is unknown."));
  const auto id = Uuid::parse(target[table->primary_id].string_or(""));
  return FileTarget{table, id ? *id : Uuid{}};
}

Answer<void> check_row(const Session& session, const FileTarget& target) {
  if (session.org.store->row(*target.table, target.id) != nullptr) return {};
  return refuse(errors::object_does_not_exist(target.table->logical_name, target.id));
}

Answer<const Column*> file_column(const Table& table, json::Value name) {
  const Column* column = table.column(name.string_or(""));
  if (column != nullptr && holds_content(*column)) return column;
  return refuse(errors::other(400, 0x80090007, "FileAttributeName names no file or image column."));
}

Answer<ApiReply> begin_annotation_upload(Session& session) {
  FLIT_TRY(document, read_body(session.call, "annotations"));
  FLIT_TRY(target, file_target(session, document.root()["Target"]));
  FLIT_TRY_VOID(check_row(session, target));  // §12: the row is created first
  return begin(session, "InitializeAnnotationBlocksUploadResponse",
               {.kind = Upload::Kind::annotation, .table = target.table->index, .row = target.id});
}

Answer<ApiReply> begin_attachment_upload(Session& session) {
  FLIT_TRY(document, read_body(session.call, "activitymimeattachments"));
  FLIT_TRY(target, file_target(session, document.root()["Target"]));
  return begin(session, "InitializeAttachmentBlocksUploadResponse",
               {.kind = Upload::Kind::attachment, .table = target.table->index, .row = target.id});
}

Answer<ApiReply> begin_file_upload(Session& session) {
  FLIT_TRY(document, read_body(session.call, "Target"));
  const json::Value body = document.root();
  FLIT_TRY(target, file_target(session, body["Target"]));
  FLIT_TRY_VOID(check_row(session, target));
  FLIT_TRY(column, file_column(*target.table, body["FileAttributeName"]));
  return begin(session, "InitializeFileBlocksUploadResponse",
               {.kind = Upload::Kind::file_column,
                .table = target.table->index,
                .row = target.id,
                .column = column->index,
                .file_name = std::string(body["FileName"].string_or(""))});
}

Answer<ApiReply> upload_block(Session& session) {
  FLIT_TRY(document, read_body(session.call, "UploadBlock"));
  FLIT_TRY(upload, upload_of(session, document.root()));
  const auto bytes = base64::decode(document.root()["BlockData"].string_or(""));
  if (!bytes) return refuse(errors::invalid_argument("BlockData is not valid base64."));
  if (bytes->size() > largest_block) return refuse(errors::chunk_too_big(bytes->size()));
  const std::string_view id = document.root()["BlockId"].string_or("");
  FLIT_TRY_VOID(check_block_id(*upload, id));
  upload->blocks[std::string(id)] = *bytes;
  return ApiReply::no_content();
}

Answer<ApiReply> commit_annotation_upload(Session& session) {
  FLIT_TRY(document, read_body(session.call, "annotations"));
  const json::Value body = document.root();
  FLIT_TRY(upload, upload_of(session, body));
  FLIT_TRY(bytes, joined_blocks(*upload, body["BlockList"]));
  const Table& table = session.org.table("annotation");
  FLIT_TRY(
      id, write_document(session, table, {body["Target"], "documentbody", bytes}, Purpose::update));
  session.org.files.end(std::string(body["FileContinuationToken"].string_or("")));
  json::Writer out = response_of(session, "CommitAnnotationBlocksUploadResponse");
  out.member("AnnotationId", id.text()).member("FileSizeInBytes", bytes.size()).end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> commit_attachment_upload(Session& session) {
  FLIT_TRY(document, read_body(session.call, "activitymimeattachments"));
  const json::Value body = document.root();
  FLIT_TRY(upload, upload_of(session, body));
  FLIT_TRY(bytes, joined_blocks(*upload, body["BlockList"]));
  const Table& table = session.org.table("activitymimeattachment");
  FLIT_TRY(id, write_document(session, table, {body["Target"], "body", bytes}, Purpose::create));
  session.org.files.end(std::string(body["FileContinuationToken"].string_or("")));
  json::Writer out = response_of(session, "CommitAttachmentBlocksUploadResponse");
  out.member("ActivityMimeAttachmentId", id.text());
  out.member("FileSizeInBytes", bytes.size()).end_object();
  return ApiReply::json(200, out.take());
}

Answer<ApiReply> commit_file_upload(Session& session) {
  FLIT_TRY(document, read_body(session.call, "CommitFileBlocksUpload"));
  const json::Value body = document.root();
  FLIT_TRY(upload, upload_of(session, body));
  FLIT_TRY(bytes, joined_blocks(*upload, body["BlockList"]));
  const Table& table = session.org.catalogue->table_at(upload->table);
  const std::size_t size = bytes.size();
  FLIT_TRY(file, put_content(*session.work, table, upload->row, table.column_at(upload->column),
                             {std::string(body["FileName"].string_or(upload->file_name)),
                              std::string(body["MimeType"].string_or("application/octet-stream")),
                              std::make_shared<const std::string>(std::move(bytes))}));
  session.org.files.end(std::string(body["FileContinuationToken"].string_or("")));
  json::Writer out = response_of(session, "CommitFileBlocksUploadResponse");
  out.member("FileId", file.text()).member("FileSizeInBytes", size).end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
