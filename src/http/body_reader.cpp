#include "http/body_reader.hpp"

#include <span>
#include <utility>

#include <fmt/format.h>

namespace flit::http {
namespace {

constexpr std::size_t decoded_piece = std::size_t{64} * 1024;

}  // namespace

Result<void> BodyReader::choose_decoder(const Headers& headers) {
  DecoderChoice choice = decoder_for(headers);
  if (!choice.is_known)
    return exchange_.error(
        Failure::encoding,
        fmt::format("Content-Encoding: {}", headers.find("Content-Encoding").value_or("")));
  decoder_ = std::move(choice.decoder);
  return {};
}

Result<void> BodyReader::feed(std::string_view piece) {
  if (!has_begun_) FLIT_TRY_VOID(choose_decoder(exchange_.head().headers));
  has_begun_ = true;
  if (decoder_) return decode(piece);
  return exchange_.request().sink(exchange_.head(), piece);
}

Result<void> BodyReader::decode(std::string_view piece) {
  buffer_.resize(decoded_piece);
  bool has_output = true;
  while (!piece.empty() || has_output) {
    const Decoder::Step step = decoder_->step(piece, std::span(buffer_.data(), buffer_.size()));
    if (step.state == Decoder::State::broken)
      return exchange_.error(Failure::encoding, "damaged stream");
    is_whole_ = step.state == Decoder::State::whole;
    has_output = step.produced > 0 && !is_whole_;
    if (step.produced > 0)
      FLIT_TRY_VOID(exchange_.request().sink(exchange_.head(),
                                             std::string_view(buffer_).substr(0, step.produced)));
  }
  return {};
}

Result<Response> BodyReader::finish(Response response) {
  if (!exchange_.streams_to_sink() && !has_begun_) return finish_in_memory(std::move(response));
  if (!is_whole_) return exchange_.error(Failure::encoding, "the stream ends too early");
  return response;
}

Result<Response> BodyReader::finish_in_memory(Response response) {
  if (!response.body.empty()) FLIT_TRY_VOID(choose_decoder(response.headers));
  if (decoder_) {
    Decoded decoded = decode_all(*decoder_, response.body, exchange_.request().max_body);
    if (decoded.problem == DecodeProblem::too_large)
      return exchange_.error(Failure::too_large, "after decompression");
    if (decoded.problem)
      return exchange_.error(Failure::encoding, "the stream is damaged or ends too early");
    response.body = std::move(decoded.text);
  }
  response.body.reserve(response.body.size() + body_padding);
  return response;
}

}  // namespace flit::http
