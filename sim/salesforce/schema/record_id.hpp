#pragma once
/// @file A record's id in 64 bits: which kind of record (key prefix) and which one of them.
///
/// Fact sheet §7. On the wire an id has 15 characters that tell upper from lower case, or 18, of
/// which the last three are a checksum of the others' case. This org gives 46 bits of counter
/// behind three characters of prefix, written in base 62; an id that is well formed but could not
/// be ours reads as one that no record has.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace flit::sim::salesforce {

class RecordId {
 public:
  static constexpr std::uint64_t counter_bits = 46;
  static constexpr std::uint64_t foreign_counter = (1ULL << counter_bits) - 1;

  constexpr RecordId() = default;
  constexpr RecordId(std::uint32_t prefix, std::uint64_t counter)
      : bits_((static_cast<std::uint64_t>(prefix) << counter_bits) | counter) {}
  static constexpr RecordId from_bits(std::uint64_t bits) {
    RecordId id;
    id.bits_ = bits;
    return id;
  }

  /// 15 or 18 letters and digits, the checksum right; nothing for everything else.
  static std::optional<RecordId> parse(std::string_view text);

  /// The number of a key prefix, "001". REQUIRES: three letters or digits.
  static std::uint32_t prefix_of(std::string_view three);
  /// The same as text.
  static std::string prefix_text(std::uint32_t prefix);

  std::uint32_t prefix() const { return static_cast<std::uint32_t>(bits_ >> counter_bits); }
  std::uint64_t counter() const { return bits_ & foreign_counter; }
  std::uint64_t bits() const { return bits_; }
  explicit operator bool() const { return bits_ != 0; }
  bool is_foreign() const { return counter() == foreign_counter; }

  std::string text() const;  ///< 18 characters, as the API answers
  std::string text15() const;
  void append_to(std::string& out) const;

  auto operator<=>(const RecordId&) const = default;

 private:
  std::uint64_t bits_ = 0;
};

/// The three check characters of an id of 15.
std::string id_checksum(std::string_view fifteen);

}  // namespace flit::sim::salesforce

template <>
struct std::hash<flit::sim::salesforce::RecordId> {
  std::size_t operator()(const flit::sim::salesforce::RecordId& id) const noexcept {
    return static_cast<std::size_t>(id.bits() * 0x9E3779B97F4A7C15ULL >> 7U);
  }
};
