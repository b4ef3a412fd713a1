#pragma once
/// @file Takes compressed bodies apart: gzip, deflate (zlib form), br, zstd.
///
/// libcurl can do this itself, but takes a stream that ends too early for a whole one when the
/// length on the wire is right (7.88.1: half a gzip file is a success). Here a stream is whole only
/// when its own end mark has come, its checksum is right and nothing stands behind it. Memory is
/// bounded whatever the input says; the caller bounds the output. One thread at a time.

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/headers.hpp"

namespace flit::http {

/// What we ask for, in the order of our preference.
inline constexpr std::string_view accepted_encodings = "gzip, br, zstd";

class Decoder {
 public:
  enum class State {
    more,   ///< call again, with more input if `input` is empty and nothing was produced
    whole,  ///< the stream has ended here; more input may only be another stream of the same kind
    broken,
  };
  struct Step {
    std::size_t produced;
    State state;
  };

  virtual ~Decoder() = default;

  /// Decodes from the front of `input`, which is shortened by what was read, into `output`.
  virtual Step step(std::string_view& input, std::span<char> output) = 0;
};

/// Null and true: the body stands as it is. Null and false: an encoding that nobody asked for.
struct DecoderChoice {
  std::unique_ptr<Decoder> decoder;
  bool is_known;
};
DecoderChoice decoder_for(const Headers& headers);

/// Decodes a whole text that may not become longer than `limit`. For bodies in memory.
enum class DecodeProblem { damaged, too_large };
struct Decoded {
  std::string text;
  std::optional<DecodeProblem> problem;
};
Decoded decode_all(Decoder& decoder, std::string_view input, std::size_t limit);

}  // namespace flit::http
