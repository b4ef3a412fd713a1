#include "sim/base/wire_response.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <microhttpd.h>
#include <sys/socket.h>

#include "sim/base/gzip.hpp"

namespace flit::sim {

namespace {

constexpr std::size_t gzip_from_bytes = 1024;     // facts/sources.md §0.2
constexpr std::size_t block_bytes = 64UL * 1024;  // asked of a BodyStream at a time

struct DestroyResponse {
  void operator()(MHD_Response* response) const noexcept { MHD_destroy_response(response); }
};
using WireResponse = std::unique_ptr<MHD_Response, DestroyResponse>;

/// A reset that the client sees as such: connecting to "unspecified" makes Linux send RST at once.
void abort_connection(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (info == nullptr) return;
  const sockaddr nowhere{AF_UNSPEC, {}};
  // should it fail, the connection is closed all the same, only less rudely
  [[maybe_unused]] const int failed = ::connect(info->connect_fd, &nowhere, sizeof nowhere);
}

bool accepts_gzip(const Headers& headers) {
  for (std::string_view list : headers.all("Accept-Encoding")) {
    const auto found = list.find("gzip");
    if (found == std::string_view::npos) continue;
    std::string_view weight = list.substr(found + 4);
    weight = weight.substr(0, weight.find(','));
    return weight.find("q=0") == std::string_view::npos ||
           weight.find("q=0.") != std::string_view::npos;
  }
  return false;
}

bool is_text(std::string_view content_type) {
  constexpr std::array<std::string_view, 5> marks{"json", "text/", "xml", "csv", "multipart/mixed"};
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
    return content_type.find(mark) != std::string_view::npos;
  });
}

bool has_no_body(int status) {
  return status == 204 || status == 304 || status < 200;
}

void compress_if_wanted(const Request& request, Response& response) {
  if (response.stream || response.body.size() <= gzip_from_bytes) return;
  if (response.headers.contains("Content-Encoding") || !accepts_gzip(request.headers)) return;
  if (!is_text(response.headers.value_or("Content-Type", ""))) return;
  response.body = gzip(response.body);
  response.headers.add("Content-Encoding", "gzip");
  response.headers.add("Vary", "Accept-Encoding");
}

/// A body handed out piece by piece; ends early, and with it the connection, at `cut`.
struct Pieces {
  std::string body;
  BodyStream stream;
  std::size_t cut = SIZE_MAX;

  ssize_t read(std::size_t position, std::span<char> room) noexcept {
    if (position >= cut) return MHD_CONTENT_READER_END_WITH_ERROR;
    room = room.first(std::min(room.size(), cut - position));
    if (!stream) {
      const std::size_t size = std::min(room.size(), body.size() - position);
      std::memcpy(room.data(), body.data() + position, size);
      return static_cast<ssize_t>(size);
    }
    try {
      const auto size = stream(room);
      if (!size) return MHD_CONTENT_READER_END_WITH_ERROR;
      return *size == 0 ? MHD_CONTENT_READER_END_OF_STREAM : static_cast<ssize_t>(*size);
    } catch (const std::exception& bug) {
      fmt::print(stderr, "flitsim: a streamed body failed: {}\n", bug.what());
      return MHD_CONTENT_READER_END_WITH_ERROR;
    }
  }
};

ssize_t read_pieces(void* pieces, std::uint64_t position, char* room, std::size_t size) {
  return static_cast<Pieces*>(pieces)->read(position, {room, size});
}

WireResponse in_pieces(Response& response) {
  auto pieces = std::make_unique<Pieces>();
  const std::uint64_t size = response.stream ? MHD_SIZE_UNKNOWN : response.body.size();
  if (response.fate.ending == Fate::Ending::truncate) {
    const bool too_late = !response.stream && response.fate.truncate_at >= response.body.size();
    pieces->cut = too_late ? response.body.size() / 2 : response.fate.truncate_at;
  }
  pieces->body = std::move(response.body);
  pieces->stream = std::move(response.stream);
  return WireResponse(
      MHD_create_response_from_callback(size, block_bytes, &read_pieces, pieces.release(),
                                        [](void* held) { delete static_cast<Pieces*>(held); }));
}

WireResponse whole(Response& response) {
  auto body = std::make_unique<std::string>(std::move(response.body));
  std::string& held = *body;
  return WireResponse(MHD_create_response_from_buffer_with_free_callback_cls(
      held.size(), held.data(), [](void* text) { delete static_cast<std::string*>(text); },
      body.release()));
}

/// False when libmicrohttpd refuses a header: a line break in it, or a field that is the server's
/// own.
bool add_headers(MHD_Response* wire, const Headers& headers) {
  return std::all_of(headers.begin(), headers.end(), [&](const Header& field) {
    if (MHD_add_response_header(wire, field.name.c_str(), field.value.c_str()) == MHD_YES)
      return true;
    fmt::print(stderr, "flitsim: the header {} cannot be sent\n", field.name);
    return false;
  });
}

WireResponse to_wire(const Request& request, Response& response) {
  if (has_no_body(response.status)) {
    response.body.clear();
    response.stream = nullptr;
  }
  compress_if_wanted(request, response);
  const bool piecewise =
      response.stream || (response.fate.ending == Fate::Ending::truncate && !response.body.empty());
  WireResponse wire = piecewise ? in_pieces(response) : whole(response);
  if (wire && !add_headers(wire.get(), response.headers)) wire.reset();
  return wire;
}

}  // namespace

bool send_response(MHD_Connection* connection, const Request& request, Response response) {
  if (response.fate.ending == Fate::Ending::reset_before ||
      response.fate.ending == Fate::Ending::reset_after) {
    abort_connection(connection);
    return false;
  }
  WireResponse wire = to_wire(request, response);
  if (!wire || response.status < 200 || response.status > 599) {
    response = Response::plain(500, "The simulator has a bug; its log says which.");
    wire = to_wire(request, response);
  }
  if (!wire) return false;
  return MHD_queue_response(connection, static_cast<unsigned>(response.status), wire.get()) ==
         MHD_YES;
}

}  // namespace flit::sim
