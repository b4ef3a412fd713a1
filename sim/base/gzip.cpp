#include "sim/base/gzip.hpp"

#include <algorithm>
#include <limits>
#include <memory>

#include <zlib.h>

#include "base/check.hpp"

namespace flit::sim {

namespace {

constexpr int gzip_window = MAX_WBITS + 16;    // write a gzip header
constexpr int detect_window = MAX_WBITS + 32;  // read gzip or zlib, whichever it is

Bytef* bytes_of(std::string_view text) {
  // zlib reads through a pointer to non-const
  return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
}

struct EndInflate {
  void operator()(z_stream* stream) const noexcept { inflateEnd(stream); }
};

Error broken() {
  return Error{.fault = Fault::permanent, .message = "the compressed body is broken or cut short"};
}

}  // namespace

std::string gzip(std::string_view text) {
  z_stream stream{};
  const int ready = deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_window, MAX_MEM_LEVEL,
                                 Z_DEFAULT_STRATEGY);
  FLIT_CHECK(ready == Z_OK, "zlib refuses only for want of memory");
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.next_in = bytes_of(text);
  std::size_t fed = 0;
  std::size_t room = out.size();
  constexpr std::size_t step = std::numeric_limits<uInt>::max() / 2;  // avail_* are 32 bits wide
  int state = Z_OK;
  while (state == Z_OK) {
    if (stream.avail_in == 0) {
      stream.avail_in = static_cast<uInt>(std::min(step, text.size() - fed));
      fed += stream.avail_in;
    }
    if (stream.avail_out == 0) {
      stream.avail_out = static_cast<uInt>(std::min(step, room));
      room -= stream.avail_out;
    }
    state = deflate(&stream, fed == text.size() ? Z_FINISH : Z_NO_FLUSH);
  }
  out.resize(stream.total_out);
  deflateEnd(&stream);
  FLIT_CHECK(state == Z_STREAM_END, "deflateBound leaves room for everything");
  return out;
}

Result<std::string> gunzip(std::string_view bytes, std::size_t max_bytes) {
  z_stream stream{};
  FLIT_CHECK(inflateInit2(&stream, detect_window) == Z_OK, "zlib refuses only for want of memory");
  const std::unique_ptr<z_stream, EndInflate> guard(&stream);
  stream.next_in = bytes_of(bytes);
  std::size_t left = bytes.size();
  std::string out;
  char room[64 * 1024];
  for (int state = Z_OK; state != Z_STREAM_END;) {
    if (stream.avail_in == 0) {  // with nothing left, zlib may still hold text that found no room
      stream.avail_in = static_cast<uInt>(std::min<std::size_t>(left, 1U << 30U));
      left -= stream.avail_in;
    }
    stream.next_out = reinterpret_cast<Bytef*>(room);
    stream.avail_out = sizeof room;
    state = inflate(&stream, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) return broken();
    const std::size_t written = sizeof room - stream.avail_out;
    if (written > max_bytes - out.size())
      return Error{
          .fault = Fault::limit,
          .message = "the body unpacks to more than " + std::to_string(max_bytes) + " bytes"};
    out.append(room, written);
    const bool more = stream.avail_in > 0 || left > 0;
    if (state == Z_STREAM_END && more && inflateReset(&stream) == Z_OK) state = Z_OK;
  }
  return out;
}

}  // namespace flit::sim
