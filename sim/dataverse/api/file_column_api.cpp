// File and image columns by their own URL (fact sheet §12): one call, chunks, ranges, removal.

#include <algorithm>
#include <charconv>

#include "base/encoding.hpp"
#include "sim/dataverse/api/file_calls.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/file_content.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr std::size_t largest_single = 128UL * 1024 * 1024;  // §12: "one call < 128 MB"

/// "bytes 0-4194303/25870370".
struct ContentRange {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t total = 0;
};

std::optional<std::size_t> take_number(std::string_view& text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::optional<ContentRange> parse_content_range(std::string_view text) {
  if (!take(text, "bytes ")) return std::nullopt;
  const auto first = take_number(text);
  if (!first || !take(text, "-")) return std::nullopt;
  const auto last = take_number(text);
  if (!last || !take(text, "/")) return std::nullopt;
  const auto total = take_number(text);
  if (!total || !text.empty() || *last < *first || *last >= *total) return std::nullopt;
  return ContentRange{*first, *last, *total};
}

/// Range: bytes=0-4194303, also open at the end; of a file of `size` bytes.
std::optional<ContentRange> parse_range(std::string_view text, std::size_t size) {
  if (!take(text, "bytes=")) return std::nullopt;
  const auto first = take_number(text);
  if (!first || !take(text, "-") || *first >= size) return std::nullopt;
  if (text.empty()) return ContentRange{*first, size - 1, size};
  const auto last = take_number(text);
  if (!last || !text.empty() || *last < *first) return std::nullopt;
  return ContentRange{*first, std::min(*last, size - 1), size};
}

/// What a header can carry: ASCII without control characters.
bool fits_header(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// The header is ASCII only and wins over the query parameter (§12). None: the caller gave none.
Answer<std::optional<std::string>> file_name(const Session& session) {
  if (const auto name = session.call.header ? session.call.header("x-ms-file-name") : std::nullopt;
      name && !name->empty()) {
    if (!fits_header(*name))
      return refuse(errors::file_parameter("The x-ms-file-name header must be ASCII."));
    return std::optional(std::string(*name));
  }
  const std::string* name = session.target.options.other("x-ms-file-name");
  return name == nullptr || name->empty() ? std::nullopt : std::optional(*name);
}

StoredFile file_of(std::string name, std::string_view bytes) {
  return {.name = std::move(name),
          .mime_type = "application/octet-stream",
          .bytes = std::make_shared<const std::string>(bytes)};
}

struct Place {
  const Table& table;
  const Uuid& row;
  const Column& column;
};

Answer<ApiReply> upload_at_once(Session& session, const Place& place) {
  FLIT_TRY(name, file_name(session));
  if (!name && place.column.type == ColumnType::file)
    return refuse(errors::file_parameter("The file name is missing: x-ms-file-name."));
  if (session.call.body.empty())
    return refuse(errors::other(400, 0x80090004, "The content of the file is empty."));
  if (session.call.body.size() >= largest_single)
    return refuse(errors::other(400, 0x80090001,
                                "The file is too large for one request; it must be uploaded in "
                                "chunks."));
  FLIT_TRY_VOID(put_content(*session.work, place.table, place.row, place.column,
                            file_of(name.value_or(place.column.logical_name), session.call.body)));
  return ApiReply::no_content();
}

Answer<ApiReply> begin_chunks(Session& session, const Place& place) {
  FLIT_TRY(name, file_name(session));
  if (!name) return refuse(errors::file_parameter("The file name is missing: x-ms-file-name."));
  const std::string token = base64::encode(session.org.ids.fresh().text(), base64::url_form);
  session.org.files.begin(token, {.kind = Upload::Kind::file_column,
                                  .table = place.table.index,
                                  .row = place.row,
                                  .column = place.column.index,
                                  .file_name = std::move(*name)});
  ApiReply reply{.status = 200};
  reply.add("Accept-Ranges", "bytes");
  reply.add("Location", session.call.root + session.call.path + "?sessiontoken=" + token);
  reply.add("x-ms-chunk-size", std::to_string(largest_block));
  reply.add("Access-Control-Expose-Headers", "x-ms-chunk-size");
  return reply;
}

/// Chunks come in order, each no longer than 4 MB (§12); the last one writes the row.
Answer<ApiReply> take_chunk(Session& session, const Place& place, const std::string& token) {
  Upload* upload = session.org.files.upload(token);
  if (upload == nullptr || upload->table != place.table.index || upload->row != place.row ||
      upload->column != place.column.index)
    return refuse(errors::file_parameter("The session token is not valid for this column."));
  const std::string_view body = session.call.body;
  if (body.size() > largest_block) return refuse(errors::chunk_too_big(body.size()));
  const auto range = parse_content_range(session.call.header_or("Content-Range", ""));
  if (!range || range->last - range->first + 1 != body.size() ||
      range->first != upload->chunks.size())
    return refuse(
        errors::other(400, 0x80090005,
                      "The Content-Range header does not fit the chunk or the chunks before it."));
  if (range->total > largest_content(place.column)) return refuse(errors::file_too_big());
  FLIT_TRY(name, file_name(session));
  if (name) upload->file_name = std::move(*name);
  upload->chunks += body;
  if (range->last + 1 < range->total) return ApiReply{.status = 206};
  StoredFile file = file_of(upload->file_name, upload->chunks);
  session.org.files.end(token);
  FLIT_TRY_VOID(put_content(*session.work, place.table, place.row, place.column, std::move(file)));
  return ApiReply::no_content();
}

/// Thumbnails are not made smaller: without ?size=full an image is answered as it was sent.
bool asks_too_much(const Session& session, const Column& column) {
  const std::string* size = session.target.options.other("size");
  return column.type == ColumnType::image && !column.can_store_full_image && size != nullptr &&
         *size == "full";
}

ApiReply octets(std::string_view bytes) {
  ApiReply reply{.status = 200, .body = std::string(bytes)};
  reply.content_type = "application/octet-stream";
  return reply;
}

/// Without $value the content is a property like any other [C: what dynamics-web-api 2.4 reads].
ApiReply base64_value(const Session& session, std::string_view bytes) {
  json::Writer out;
  out.begin_object().member("@odata.context", session.call.root + "$metadata#Edm.Binary");
  out.member("value", base64::encode(bytes)).end_object();
  return ApiReply::json(200, out.take());
}

/// The headers of a download (PD file-column-data.md, "Download Files").
void describe(const Session& session, const StoredFile& file, bool in_chunks, ApiReply& reply) {
  const std::string name = fits_header(file.name) ? file.name : percent::encode(file.name);
  std::string exposed = "x-ms-file-size; x-ms-file-name; mimetype";
  if (in_chunks) {
    exposed = "x-ms-file-size; x-ms-file-name; x-ms-chunk-size; mimetype";
    reply.add("x-ms-chunk-size", std::to_string(largest_block));
    reply.add("Location", session.call.root + session.call.path + "?" + session.call.query);
  }
  reply.add("x-ms-file-size", std::to_string(file.bytes->size()));
  reply.add("x-ms-file-name", name);
  reply.add("mimetype", fits_header(file.mime_type) ? file.mime_type : "application/octet-stream");
  reply.add("Content-Disposition", "attachment; filename=" + name);
  reply.add("Access-Control-Expose-Headers", exposed);
}

}  // namespace

bool is_upload(const ApiCall& call, const odata::QueryOptions& options) {
  if (call.method != "PATCH" && call.method != "PUT") return false;
  return call.header_or("Content-Type", "").starts_with("application/octet-stream") ||
         call.header_or("x-ms-transfer-mode", "") == "chunked" ||
         options.other("sessiontoken") != nullptr;
}

Answer<ApiReply> upload_to_column(Session& session, const Table& table, const Uuid& row,
                                  const Column& column) {
  const Place place{table, row, column};
  if (const std::string* token = session.target.options.other("sessiontoken"))
    return take_chunk(session, place, *token);
  if (session.call.header_or("x-ms-transfer-mode", "") == "chunked")
    return begin_chunks(session, place);
  return upload_at_once(session, place);
}

Answer<ApiReply> download_from_column(Session& session, const Row& row, const Column& column,
                                      bool raw) {
  const auto file = content_of(session.org, row, column);
  if (!file || asks_too_much(session, column)) return ApiReply::no_content();
  ContentRange range{0, file->bytes->size() - 1, file->bytes->size()};
  const std::string_view wanted = session.call.header_or("Range", "");
  if (!wanted.empty()) {
    const auto part = parse_range(wanted, file->bytes->size());
    if (!part)
      return refuse(errors::other(400, 0x80090000, "The requested range of the file is invalid."));
    range = *part;
  }
  const std::string_view bytes =
      std::string_view(*file->bytes).substr(range.first, range.last - range.first + 1);
  ApiReply reply = raw ? octets(bytes) : base64_value(session, bytes);
  if (!wanted.empty()) reply.status = 206;
  describe(session, *file, !wanted.empty(), reply);
  return reply;
}

}  // namespace flit::sim::dataverse
