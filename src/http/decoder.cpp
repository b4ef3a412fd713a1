#include "http/decoder.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "base/check.hpp"
#include "http/response.hpp"

namespace flit::http {
namespace {

class ZlibDecoder final : public Decoder {
 public:
  ZlibDecoder() {
    constexpr int gzip_or_zlib = 32;  // zlib.h, inflateInit2: add 32 to detect the header
    FLIT_CHECK(inflateInit2(&stream_, MAX_WBITS + gzip_or_zlib) == Z_OK, "zlib can be set up");
  }
  ~ZlibDecoder() override { inflateEnd(&stream_); }
  ZlibDecoder(const ZlibDecoder&) = delete;
  ZlibDecoder& operator=(const ZlibDecoder&) = delete;

  Step step(std::string_view& input, std::span<char> output) override {
    if (has_ended_) {  // another member of the same gzip file
      if (input.empty()) return {0, State::whole};
      if (inflateReset(&stream_) != Z_OK) return {0, State::broken};
      has_ended_ = false;
    }
    const std::size_t offered = std::min<std::size_t>(input.size(), 1U << 30U);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = static_cast<uInt>(offered);
    stream_.next_out = reinterpret_cast<Bytef*>(output.data());
    stream_.avail_out = static_cast<uInt>(output.size());
    const int code = inflate(&stream_, Z_NO_FLUSH);
    input.remove_prefix(offered - stream_.avail_in);
    const std::size_t produced = output.size() - stream_.avail_out;
    has_ended_ = code == Z_STREAM_END;
    if (has_ended_) return {produced, State::whole};
    return {produced, code == Z_OK || code == Z_BUF_ERROR ? State::more : State::broken};
  }

 private:
  z_stream stream_{};
  bool has_ended_ = false;
};

class BrotliDecoder final : public Decoder {
 public:
  Step step(std::string_view& input, std::span<char> output) override {
    if (has_ended_) return {0, input.empty() ? State::whole : State::broken};
    std::size_t in_left = input.size();
    const auto* in = reinterpret_cast<const std::uint8_t*>(input.data());
    std::size_t out_left = output.size();
    auto* out = reinterpret_cast<std::uint8_t*>(output.data());
    const auto code =
        BrotliDecoderDecompressStream(state_.get(), &in_left, &in, &out_left, &out, nullptr);
    input.remove_prefix(input.size() - in_left);
    const std::size_t produced = output.size() - out_left;
    has_ended_ = code == BROTLI_DECODER_RESULT_SUCCESS;
    if (has_ended_) return {produced, State::whole};
    return {produced, code == BROTLI_DECODER_RESULT_ERROR ? State::broken : State::more};
  }

 private:
  struct Deleter {
    void operator()(BrotliDecoderState* state) const noexcept {
      BrotliDecoderDestroyInstance(state);
    }
  };
  std::unique_ptr<BrotliDecoderState, Deleter> state_{
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)};
  bool has_ended_ = false;
};

class ZstdDecoder final : public Decoder {
 public:
  ZstdDecoder() {
    constexpr int window_log = 23;  // RFC 8878, 3.1.1.1.2: decoders should support 8 MB
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, window_log);
  }

  Step step(std::string_view& input, std::span<char> output) override {
    if (has_ended_ && input.empty()) return {0, State::whole};
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    ZSTD_outBuffer out{output.data(), output.size(), 0};
    const std::size_t code = ZSTD_decompressStream(context_.get(), &out, &in);
    input.remove_prefix(in.pos);
    if (ZSTD_isError(code) != 0) return {out.pos, State::broken};
    has_ended_ = code == 0;
    return {out.pos, has_ended_ ? State::whole : State::more};
  }

 private:
  struct Deleter {
    void operator()(ZSTD_DCtx* context) const noexcept { ZSTD_freeDCtx(context); }
  };
  std::unique_ptr<ZSTD_DCtx, Deleter> context_{ZSTD_createDCtx()};
  bool has_ended_ = false;
};

}  // namespace

DecoderChoice decoder_for(const Headers& headers) {
  const auto encodings = headers.all("Content-Encoding");
  if (encodings.empty()) return {nullptr, true};
  if (encodings.size() > 1) return {nullptr, false};
  const std::string_view name = encodings.front();
  if (name.empty() || same_name(name, "identity")) return {nullptr, true};
  if (same_name(name, "gzip") || same_name(name, "x-gzip") || same_name(name, "deflate"))
    return {std::make_unique<ZlibDecoder>(), true};
  if (same_name(name, "br")) return {std::make_unique<BrotliDecoder>(), true};
  if (same_name(name, "zstd")) return {std::make_unique<ZstdDecoder>(), true};
  return {nullptr, false};
}

Decoded decode_all(Decoder& decoder, std::string_view input, std::size_t limit) {
  Decoded decoded;
  std::string& text = decoded.text;
  std::array<char, 32 * 1024> buffer;  // NOLINT: filled by the decoder before it is read
  text.reserve(std::min(limit, input.size() * 4) + body_padding);
  while (true) {
    const std::size_t before = input.size();
    const Decoder::Step step = decoder.step(input, buffer);
    if (step.state == Decoder::State::broken) break;
    if (step.produced > limit - text.size()) {
      decoded.problem = DecodeProblem::too_large;
      return decoded;
    }
    text.append(buffer.data(), step.produced);
    if (step.state == Decoder::State::whole && input.empty()) return decoded;
    const bool is_stuck = step.produced == 0 && input.size() == before;
    if (step.state == Decoder::State::more && is_stuck) break;
  }
  decoded.problem = DecodeProblem::damaged;
  return decoded;
}

}  // namespace flit::http
