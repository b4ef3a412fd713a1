#pragma once
/// @file The lane's end of an answer: decompresses, and gives the body to the sink or to memory.
///
/// Runs on the lane's own thread, so that decompression and slow sinks cost no other lane anything.
/// Private to the room; used by one lane.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/decoder.hpp"
#include "http/exchange.hpp"

namespace flit::http {

class BodyReader {
 public:
  explicit BodyReader(Exchange& exchange) : exchange_(exchange) {}

  /// A piece for the sink, as it was on the wire. REQUIRES: exchange.streams_to_sink().
  Result<void> feed(std::string_view piece);

  /// The answer with its body decompressed, or why it is not whole.
  Result<Response> finish(Response response);

 private:
  Result<void> choose_decoder(const Headers& headers);
  Result<void> decode(std::string_view piece);
  Result<Response> finish_in_memory(Response response);

  Exchange& exchange_;
  std::unique_ptr<Decoder> decoder_;
  std::string buffer_;
  bool has_begun_ = false;  // a piece has come
  bool is_whole_ = true;    // the encoding's own end has come, or there is no encoding
};

}  // namespace flit::http
