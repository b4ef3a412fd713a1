// Uploads by blocks: notes, e-mail attachments, file columns (fact sheet §12).

#include "base/encoding.hpp"
#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/payload/payload_reader.hpp"
#include "sim/dataverse/rules/files.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr std::size_t largest_block = 4UL * 1024 * 1024;

/// The table and row that "Target" names.
struct UploadTarget {
  const Table* table = nullptr;
  Uuid id{};
};

Answer<UploadTarget> target_of(const Session& session, json::Value target) {
  std::string_view type = target["@odata.type"].string_or("");
  if (type.starts_with("Microsoft.Dynamics.CRM.")) type.remove_prefix(23);
  const Table* table = session.org.catalogue->table(type);
  if (table == nullptr)
    return refuse(errors::payload("Target", "The target's '@odata.type' is unknown."));
  const auto id = Uuid::parse(target[table->primary_id].string_or(""));
  return UploadTarget{table, id ? *id : Uuid{}};
}

Answer<ApiReply> begin(Session& session, const char* response, Upload upload) {
  const std::string token = base64::encode(session.org.ids.fresh().text());
  session.org.files.begin(token, std::move(upload));
  json::Writer out = response_of(session, response);
  out.member("FileContinuationToken", token).end_object();
  return ApiReply::json(200, out.take());
}

Answer<void> check_row(const Session& session, const UploadTarget& target) {
  if (session.org.store->row(*target.table, target.id) != nullptr) return {};
  return refuse(errors::object_does_not_exist(target.table->logical_name, target.id));
}

Answer<Upload*> upload_of(Session& session, json::Value body) {
  Upload* upload =
      session.org.files.upload(std::string(body["FileContinuationToken"].string_or("")));
  if (upload == nullptr)
    return refuse(errors::invalid_argument("The FileContinuationToken is not valid."));
  return upload;
}

/// The blocks in the order of BlockList.
Answer<std::string> joined_blocks(const Upload& upload, json::Value list) {
  std::string bytes;
  for (const json::Value name : list.elements()) {
    const auto block = upload.blocks.find(std::string(name.string_or("")));
    if (block == upload.blocks.end())
      return refuse(errors::invalid_argument("A block of BlockList has not been uploaded."));
    bytes += block->second;
  }
  return bytes;
}

/// Writes the content through the ordinary rules of the table: size and extension count as always.
Answer<Uuid> write_document(Session& session, const Table& table, json::Value target,
                            std::string_view body_column, const std::string& bytes, bool update) {
  const std::string encoded = base64::encode(bytes);
  RowDraft draft;
  const Purpose purpose = update ? Purpose::update : Purpose::create;
  FLIT_TRY_VOID(PayloadReader(session.org, table, purpose).read(target, draft));
  draft.set(table.column(body_column)->index, Cell::of_text(encoded));
  if (!update) return create_row(*session.work, table, draft);
  const Uuid id = draft.id.value_or(Uuid{});
  FLIT_TRY_VOID(update_row(*session.work, table, id, draft));
  return id;
}

}  // namespace

Answer<ApiReply> begin_annotation_upload(Session& session) {
  FLIT_TRY(document, read_body(session.call, "annotations"));
  FLIT_TRY(target, target_of(session, document.root()["Target"]));
  FLIT_TRY_VOID(check_row(session, target));  // §12: the row is created first
  return begin(session, "InitializeAnnotationBlocksUploadResponse",
               {.kind = Upload::Kind::annotation, .table = target.table->index, .row = target.id});
}

Answer<ApiReply> begin_attachment_upload(Session& session) {
  FLIT_TRY(document, read_body(session.call, "activitymimeattachments"));
  FLIT_TRY(target, target_of(session, document.root()["Target"]));
  return begin(session, "InitializeAttachmentBlocksUploadResponse",
               {.kind = Upload::Kind::attachment, .table = target.table->index, .row = target.id});
}

Answer<ApiReply> begin_file_upload(Session& session) {
  FLIT_TRY(document, read_body(session.call, "Target"));
  const json::Value body = document.root();
  FLIT_TRY(target, target_of(session, body["Target"]));
  FLIT_TRY_VOID(check_row(session, target));
  const Column* column = target.table->column(body["FileAttributeName"].string_or(""));
  if (column == nullptr || (column->type != ColumnType::file && column->type != ColumnType::image))
    return refuse(errors::invalid_argument("FileAttributeName names no file or image column."));
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
  if (bytes->size() > largest_block)
    return refuse(
        errors::other(400, 0x80090008,
                      "Invalid file chunk size: " + std::to_string(bytes->size() / (1024 * 1024)) +
                          " MB. Maximum chunk size supported: 4 MB."));
  upload->blocks[std::string(document.root()["BlockId"].string_or(""))] = *bytes;
  return ApiReply::no_content();
}

Answer<ApiReply> commit_annotation_upload(Session& session) {
  FLIT_TRY(document, read_body(session.call, "annotations"));
  const json::Value body = document.root();
  FLIT_TRY(upload, upload_of(session, body));
  FLIT_TRY(bytes, joined_blocks(*upload, body["BlockList"]));
  const Table& table = session.org.table("annotation");
  FLIT_TRY(id, write_document(session, table, body["Target"], "documentbody", bytes, true));
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
  FLIT_TRY(id, write_document(session, table, body["Target"], "body", bytes, false));
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
  const Uuid file = session.org.ids.fresh();
  session.org.files.put(file, {std::string(body["FileName"].string_or(upload->file_name)),
                               std::string(body["MimeType"].string_or("application/octet-stream")),
                               std::make_shared<const std::string>(std::move(bytes))});
  RowDraft draft;
  draft.set(upload->column, Cell::uuid(file));
  FLIT_TRY_VOID(update_row(*session.work, table, upload->row, draft));
  session.org.files.end(std::string(body["FileContinuationToken"].string_or("")));
  json::Writer out = response_of(session, "CommitFileBlocksUploadResponse");
  out.member("FileId", file.text()).member("FileSizeInBytes", size).end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
