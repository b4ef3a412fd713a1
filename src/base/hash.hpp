#pragma once
/// @file Hashes: SHA-256 and MD5 as the platforms and our ledger define them, and one for tables.
///
/// SHA-256 is for fingerprints, ledger chains and blob names; MD5 only where a platform asks for it
/// (Content-MD5, ETag comparisons), never for safety. OpenSSL computes both. hash64 is fast,
/// unkeyed and for memory only: it is the same in every run, but may change between versions, so
/// nothing stores or sends it, and nothing hostile may choose its inputs without bound.
/// A hasher is used by one thread at a time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace flit {

namespace detail {
struct DigestContext;
struct DigestContextDeleter {
  void operator()(DigestContext* context) const noexcept;
};
using DigestContextPtr = std::unique_ptr<DigestContext, DigestContextDeleter>;
}  // namespace detail

template <std::size_t Size>
using Digest = std::array<std::uint8_t, Size>;

/// Feed with update(), end with finish(), which also makes it ready for the next message.
class Sha256 {
 public:
  using Value = Digest<32>;
  Sha256();

  Sha256& update(std::string_view bytes);
  Value finish();

 private:
  detail::DigestContextPtr context_;
};

class Md5 {
 public:
  using Value = Digest<16>;
  Md5();

  Md5& update(std::string_view bytes);
  Value finish();

 private:
  detail::DigestContextPtr context_;
};

/// The hash of one message.
Sha256::Value sha256(std::string_view bytes);
Md5::Value md5(std::string_view bytes);

/// The same as 64 lower-case hexadecimal digits: how fingerprints and blobs are written.
std::string sha256_hex(std::string_view bytes);

/// The bytes of a digest, for encoders that take text.
template <std::size_t Size>
std::string_view bytes_of(const Digest<Size>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// A bijective mix of 64 bits in which every input bit reaches every output bit.
std::uint64_t mix64(std::uint64_t value);

/// For hash tables, see above. Different seeds give unrelated hashes.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

/// Hash functor for std::unordered_map<std::string, …, TextHash, std::equal_to<>>: looks up by
/// string_view without making a string.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return hash64(text); }
};

}  // namespace flit
