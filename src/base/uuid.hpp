#pragma once
/// @file A 128-bit identifier (RFC 9562), the primary key of every Dataverse row.
///
/// The identity of each record that we create is a version 5 UUID: a pure function of a namespace
/// and a name, so a retry can never create a second one. Ordered by bytes, which is the order of
/// the canonical text; SQL Server's own order of uniqueidentifier is another one.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit {

class Uuid {
 public:
  static constexpr std::size_t text_length = 36;
  using Bytes = std::array<std::uint8_t, 16>;

  /// The nil UUID, all zeros.
  constexpr Uuid() = default;
  constexpr explicit Uuid(const Bytes& bytes) : bytes_(bytes) {}

  /// "6ba7b810-9dad-11d1-80b4-00c04fd430c8" in any case, with or without braces around it; nothing
  /// else (no missing hyphens, no "urn:uuid:", no white space).
  static Result<Uuid> parse(std::string_view text);

  /// SHA-1 of namespace and name, RFC 9562 section 5.5. The name is taken byte for byte.
  static Uuid version5(const Uuid& name_space, std::string_view name);

  const Bytes& bytes() const { return bytes_; }
  bool is_nil() const { return *this == Uuid{}; }
  int version() const { return bytes_[6] >> 4; }

  /// Lower case, with hyphens, without braces.
  std::string text() const;
  void append_to(std::string& out) const;

  auto operator<=>(const Uuid&) const = default;

 private:
  Bytes bytes_{};
};

}  // namespace flit

template <>
struct std::hash<flit::Uuid> {
  std::size_t operator()(const flit::Uuid& uuid) const noexcept;
};
