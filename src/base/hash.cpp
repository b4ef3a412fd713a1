#include "base/hash.hpp"

#include <cstring>

#include <openssl/evp.h>

#include "base/check.hpp"
#include "base/encoding.hpp"

namespace flit {

struct detail::DigestContext {
  EVP_MD_CTX* evp;
};

void detail::DigestContextDeleter::operator()(DigestContext* context) const noexcept {
  EVP_MD_CTX_free(context->evp);
  delete context;
}

namespace {

void restart(detail::DigestContext& context, const EVP_MD* algorithm) {
  FLIT_CHECK(EVP_DigestInit_ex(context.evp, algorithm, nullptr) == 1,
             "OpenSSL's default provider has this algorithm");
}

detail::DigestContextPtr make_context(const EVP_MD* algorithm) {
  FLIT_CHECK(algorithm != nullptr, "OpenSSL's default provider has this algorithm");
  detail::DigestContextPtr context(new detail::DigestContext{EVP_MD_CTX_new()});
  FLIT_CHECK(context->evp != nullptr, "memory for a digest");
  restart(*context, algorithm);
  return context;
}

void feed(detail::DigestContext& context, std::string_view bytes) {
  FLIT_CHECK(EVP_DigestUpdate(context.evp, bytes.data(), bytes.size()) == 1,
             "a digest that was started takes any bytes");
}

template <std::size_t Size>
Digest<Size> finish_and_restart(detail::DigestContext& context) {
  Digest<Size> digest{};
  unsigned length = 0;
  FLIT_CHECK(EVP_DigestFinal_ex(context.evp, digest.data(), &length) == 1 && length == Size,
             "the digest has the algorithm's length");
  restart(context, nullptr);  // the same algorithm again, without looking it up
  return digest;
}

// Fetched once and kept for the life of the process: OpenSSL 3 looks an algorithm up by name on
// every start otherwise, which costs more than hashing a short message.
const EVP_MD* sha256_algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  return algorithm;
}

const EVP_MD* md5_algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "MD5", nullptr);
  return algorithm;
}

}  // namespace

Sha256::Sha256() : context_(make_context(sha256_algorithm())) {}

Sha256& Sha256::update(std::string_view bytes) {
  feed(*context_, bytes);
  return *this;
}

Sha256::Value Sha256::finish() {
  return finish_and_restart<32>(*context_);
}

Md5::Md5() : context_(make_context(md5_algorithm())) {}

Md5& Md5::update(std::string_view bytes) {
  feed(*context_, bytes);
  return *this;
}

Md5::Value Md5::finish() {
  return finish_and_restart<16>(*context_);
}

Sha256::Value sha256(std::string_view bytes) {
  return Sha256().update(bytes).finish();
}
Md5::Value md5(std::string_view bytes) {
  return Md5().update(bytes).finish();
}
std::string sha256_hex(std::string_view bytes) {
  return hex::encode(bytes_of(sha256(bytes)));
}

namespace {

__extension__ using Wide = unsigned __int128;

// Odd constants with about as many ones as zeros: the fractions of the square roots of 2, 3 and 5.
constexpr std::uint64_t key_a = 0x6A09E667F3BCC909;
constexpr std::uint64_t key_b = 0xBB67AE8584CAA73B;
constexpr std::uint64_t key_c = 0x3C6EF372FE94F82B;

/// The two halves of the full product, folded: the cheapest way to let every bit meet every other.
std::uint64_t multiply_and_fold(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// Up to eight bytes as one number; a short tail is padded with zeros (the length is mixed in
/// last).
std::uint64_t word_at(const char* bytes, std::size_t count) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, count);
  return word;
}

}  // namespace

std::uint64_t mix64(std::uint64_t value) {
  // Two rounds of xor-shift and odd multiplication; each step can be undone, so nothing collides.
  value ^= value >> 32;
  value *= key_a;
  value ^= value >> 29;
  value *= key_b;
  return value ^ (value >> 32);
}

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) {
  std::uint64_t state = mix64(seed ^ key_c);
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left > 16; at += 16, left -= 16)
    state = multiply_and_fold(word_at(at, 8) ^ key_a, word_at(at + 8, 8) ^ state);
  const std::uint64_t first = left > 8 ? word_at(at, 8) : left > 0 ? word_at(at, left) : 0;
  const std::uint64_t second = left > 8 ? word_at(at + 8, left - 8) : 0;
  state = multiply_and_fold(first ^ key_b, second ^ state);
  return mix64(state ^ bytes.size());
}

}  // namespace flit
