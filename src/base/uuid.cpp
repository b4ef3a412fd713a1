#include "base/uuid.hpp"

#include <cstring>
#include <memory>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/check.hpp"
#include "base/detail/hex_table.hpp"
#include "base/excerpt.hpp"
#include "base/hash.hpp"

namespace flit {
namespace {

/// Where the first digit of each byte stands in the canonical text.
constexpr std::array<std::size_t, 16> digit_positions = {0,  2,  4,  6,  9,  11, 14, 16,
                                                         19, 21, 24, 26, 28, 30, 32, 34};

Error not_a_uuid(std::string_view text) {
  return Error{.message = fmt::format("found {}, expected a UUID such as "
                                      "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                                      excerpt(text))};
}

/// Fetched once for the life of the process; see hash.cpp.
const EVP_MD* sha1_algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA1", nullptr);
  return algorithm;
}

struct ContextDeleter {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

}  // namespace

Result<Uuid> Uuid::parse(std::string_view text) {
  std::string_view inner = text;
  if (inner.size() == text_length + 2 && inner.front() == '{' && inner.back() == '}')
    inner = inner.substr(1, text_length);
  if (inner.size() != text_length) return not_a_uuid(text);
  Uuid uuid;
  bool good = inner[8] == '-' && inner[13] == '-' && inner[18] == '-' && inner[23] == '-';
  for (std::size_t i = 0; i < digit_positions.size(); ++i) {
    const std::uint8_t high = detail::hex_value(inner[digit_positions[i]]);
    const std::uint8_t low = detail::hex_value(inner[digit_positions[i] + 1]);
    good &= (high | low) != detail::not_hex;
    uuid.bytes_[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  if (!good) return not_a_uuid(text);
  return uuid;
}

Uuid Uuid::version5(const Uuid& name_space, std::string_view name) {
  const std::unique_ptr<EVP_MD_CTX, ContextDeleter> context(EVP_MD_CTX_new());
  std::array<std::uint8_t, 20> digest{};
  unsigned length = 0;
  FLIT_CHECK(context != nullptr &&
                 EVP_DigestInit_ex(context.get(), sha1_algorithm(), nullptr) == 1 &&
                 EVP_DigestUpdate(context.get(), name_space.bytes_.data(), 16) == 1 &&
                 EVP_DigestUpdate(context.get(), name.data(), name.size()) == 1 &&
                 EVP_DigestFinal_ex(context.get(), digest.data(), &length) == 1,
             "OpenSSL's default provider has SHA-1");
  Uuid uuid;
  std::memcpy(uuid.bytes_.data(), digest.data(), uuid.bytes_.size());
  uuid.bytes_[6] = static_cast<std::uint8_t>((uuid.bytes_[6] & 0x0FU) | 0x50U);
  uuid.bytes_[8] = static_cast<std::uint8_t>((uuid.bytes_[8] & 0x3FU) | 0x80U);
  return uuid;
}

std::string Uuid::text() const {
  std::string out;
  append_to(out);
  return out;
}

void Uuid::append_to(std::string& out) const {
  std::array<char, text_length> text{};
  text[8] = text[13] = text[18] = text[23] = '-';
  for (std::size_t i = 0; i < digit_positions.size(); ++i) {
    text[digit_positions[i]] = detail::lower_hex[bytes_[i] >> 4];
    text[digit_positions[i] + 1] = detail::lower_hex[bytes_[i] & 0xFU];
  }
  out.append(text.data(), text.size());
}

}  // namespace flit

std::size_t std::hash<flit::Uuid>::operator()(const flit::Uuid& uuid) const noexcept {
  // Foreign ids are often sequential in a few bytes only, so both halves are mixed.
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::memcpy(&first, uuid.bytes().data(), sizeof first);
  std::memcpy(&second, uuid.bytes().data() + sizeof first, sizeof second);
  return flit::mix64(first ^ flit::mix64(second));
}
