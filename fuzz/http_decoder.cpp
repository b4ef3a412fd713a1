// Compressed bodies come from strangers: any bytes end in bounded text or in a problem.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/promise.hpp"
#include "http/decoder.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace flit::http;  // NOLINT(google-build-using-namespace)
  if (size == 0) return 0;
  constexpr std::array<std::string_view, 4> names{"gzip", "deflate", "br", "zstd"};
  constexpr std::size_t limit = 100'000;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const DecoderChoice choice =
      decoder_for({{"Content-Encoding", std::string(names.at(data[0] % names.size()))}});
  const Decoded decoded = decode_all(*choice.decoder, text.substr(1), limit);
  flit::fuzz::promise(decoded.text.size() <= limit, "the output is bounded");
  return 0;
}
