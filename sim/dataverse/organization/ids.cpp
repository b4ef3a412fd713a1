#include "sim/dataverse/organization/ids.hpp"

#include "base/hash.hpp"

namespace flit::sim::dataverse {
namespace {

Uuid uuid_of(std::uint64_t high, std::uint64_t low) {
  Uuid::Bytes bytes;
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
  }
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
  return Uuid(bytes);
}

}  // namespace

std::uint64_t RowIds::hash_of(std::string_view content, std::uint64_t salt) const {
  return hash64(content, mix64(seed_ ^ salt));
}

std::uint32_t RowIds::first_ordinal(std::uint64_t hash) const {
  const auto found = used_.find(hash);
  return found == used_.end() ? 0 : found->second;
}

Uuid RowIds::compose(std::uint64_t hash, std::uint32_t ordinal) const {
  return uuid_of(mix64(hash + ordinal), mix64(~hash ^ (static_cast<std::uint64_t>(ordinal) << 32)));
}

Uuid RowIds::fresh() {
  ++counter_;
  return uuid_of(mix64(seed_ ^ (counter_ << 1)),
                 mix64(~seed_ ^ (counter_ * 0x9E3779B97F4A7C15ULL)));
}

}  // namespace flit::sim::dataverse
