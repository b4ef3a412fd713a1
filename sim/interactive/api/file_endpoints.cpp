// Files: the list, one, its bytes directly or behind a signed URL (facts/sources.md §1.9).

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/hash.hpp"
#include "sim/interactive/api/byte_range.hpp"
#include "sim/interactive/api/call.hpp"
#include "sim/interactive/api/catalogue_writer.hpp"
#include "sim/interactive/api/simple_page.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::uint64_t most_direct_bytes = 5ULL << 20U;
constexpr std::int64_t signature_ms = 300'000;

std::string signature_of(std::uint64_t file, std::int64_t expires) {
  return sha256_hex(fmt::format("interactive signed url {} {}", file, expires)).substr(0, 32);
}

std::string etag_of(const File& file) {
  const std::string tag = file.checksum.empty()
                              ? std::to_string(file.id) + "-" + std::to_string(file.content.size())
                              : file.checksum;
  return '"' + tag + '"';
}

/// `filename` in what every client reads, `filename*` exactly (RFC 6266).
std::string disposition_of(const File& file) {
  std::string plain;
  for (const char c : file.name) plain += c < 0x20 || c == 0x7F || c == '"' || c == '\\' ? '_' : c;
  return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain,
                     percent::encode(file.name));
}

BodyStream stream_of(const File& file, std::uint64_t first, std::uint64_t length) {
  return [content = file.content, at = first,
          left = length](std::span<char> room) mutable -> std::optional<std::size_t> {
    const std::size_t size = std::min<std::uint64_t>(room.size(), left);
    if (size == 0) return 0;
    if (!content.read(at, room.first(size))) return std::nullopt;
    at += size;
    left -= size;
    return size;
  };
}

Response part_of(const File& file, std::uint64_t first, std::uint64_t length) {
  Response response;
  response.headers = {{"Content-Type", file.mime_type},
                      {"ETag", etag_of(file)},
                      {"Accept-Ranges", "bytes"},
                      {"Content-Disposition", disposition_of(file)}};
  // what fits one answer has a Content-Length; longer ones are streamed in chunks
  if (length <= 2 * most_direct_bytes)
    response.body = file.content.part(first, length);
  else
    response.stream = stream_of(file, first, length);
  return response;
}

Checked<Response> content_of(const File& file, const Request& request) {
  const std::uint64_t size = file.content.size();
  const auto if_range = request.headers.find("If-Range");
  const bool same = !if_range || *if_range == etag_of(file);
  const ByteRange range =
      read_range(same ? request.headers.find("Range") : std::optional<std::string_view>(), size);
  if (range.kind == ByteRange::Kind::unsatisfiable)
    return refuse(416, "range_not_satisfiable", "The file is not that long.");
  if (range.kind == ByteRange::Kind::whole) return part_of(file, 0, size);
  Response response = part_of(file, range.first, range.last - range.first + 1);
  response.status = 206;
  response.headers.add("Content-Range",
                       fmt::format("bytes {}-{}/{}", range.first, range.last, size));
  return response;
}

Response denied(std::string_view message) {
  Response response;
  response.status = 403;
  response.headers.add("Content-Type", "text/xml");
  response.body =
      fmt::format("<Error><Code>AccessDenied</Code><Message>{}</Message></Error>", message);
  return response;
}

Checked<const File*> live_file(const Call& call, std::string_view text) {
  const auto archived = read_flag(call.target(), "archived");
  if (!archived) return tl::make_unexpected(archived.error());
  const auto id = id_of(text);
  const File* const file = id ? call.data.file(*id) : nullptr;
  if (file == nullptr || (file->archived_ms != 0) != *archived)
    return tl::make_unexpected(not_found());
  return file;
}

}  // namespace

Checked<Response> list_files(const Call& call) {
  const auto query = read_list_query(call.target(), call.rules("files"));
  if (!query) return tl::make_unexpected(query.error());
  SimplePage page(call.target(), *query);
  const auto place_of = [](const File& file) {
    const std::int64_t at = file.archived_ms != 0 ? file.archived_ms : file.updated_ms;
    return ListPlace{.time_ms = at / 1000 * 1000, .id = file.id};
  };
  std::vector<const File*> files;
  const auto& all = call.data.files;
  const std::uint64_t after = query->after && !query->since_ms ? query->after->id : 0;
  auto at =
      std::upper_bound(all.begin(), all.end(), after,
                       [](std::uint64_t wanted, const File& file) { return wanted < file.id; });
  for (; at != all.end() && (query->since_ms || files.size() <= query->limit); ++at)
    if ((at->archived_ms != 0) == query->archived &&
        (!query->since_ms || place_of(*at).time_ms >= *query->since_ms))
      files.push_back(&*at);
  for (const File* file : page.in_order(std::move(files), place_of))
    page.add(place_of(*file), [&](json::Writer& out) { write(out, *file); });
  return page.take();
}

Checked<Response> get_file(const Call& call) {
  const auto file = live_file(call, call.captures[0]);
  if (!file) return tl::make_unexpected(file.error());
  json::Writer out;
  write(out, **file);
  return Response::json(200, out.take());
}

Checked<Response> get_file_content(const Call& call) {
  const auto found = live_file(call, call.captures[0]);
  if (!found) return tl::make_unexpected(found.error());
  const File& file = **found;
  if (file.status == FileStatus::quarantined)
    return refuse(403, "file_quarantined", "The content of this file is quarantined.");
  if (file.status == FileStatus::missing)
    return refuse(410, "file_gone", "The content of this file is gone.");
  if (file.content.size() <= most_direct_bytes) return content_of(file, call.request);
  const std::int64_t expires = (call.now_ms + signature_ms) / 1000;
  Response response;
  response.status = 302;
  response.headers.add("Location", fmt::format("/_cdn/f{}?exp={}&sig={}", file.id, expires,
                                               signature_of(file.id, expires)));
  return response;
}

Response get_signed_content(const Dataset& data, const Request& request, std::int64_t now_ms) {
  if (request.headers.contains("Authorization")) {
    Response response = denied("Only one authentication mechanism is allowed.");
    response.status = 400;
    return response;
  }
  const std::string_view key = request.target.segment(1);
  const auto id = key.starts_with('f') ? parse_id(key.substr(1)) : std::nullopt;
  const auto expires = parse_id(request.target.parameter("exp").value_or(""));
  const File* const file = id ? data.file(*id) : nullptr;
  if (file == nullptr || !expires ||
      request.target.parameter("sig").value_or("") !=
          signature_of(*id, static_cast<std::int64_t>(*expires)))
    return denied("The signature does not match.");
  if (now_ms >= static_cast<std::int64_t>(*expires) * 1000) return denied("Request has expired.");
  auto content = content_of(*file, request);
  if (content) return std::move(*content);
  Response response = denied("The requested range is not satisfiable.");
  response.status = 416;
  return response;
}

}  // namespace flit::sim::interactive
