#pragma once
/// @file Compressed bodies for tests: what a server would send.

#include <string>
#include <string_view>

namespace flit::test {

std::string gzipped(std::string_view text);
std::string deflated(std::string_view text);  ///< zlib form
std::string brotli_compressed(std::string_view text);
std::string zstd_compressed(std::string_view text);

}  // namespace flit::test
