#include "sim/interactive/api/cursor.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::int64_t lifetime_ms = 24LL * 3600 * 1000;
constexpr std::string_view separator = "\x1f";

std::string short_hash(std::string_view text) {
  return sha256_hex(text).substr(0, 12);
}

template <typename Integer>
bool read_number(std::string_view text, Integer& into) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), into);
  return fault == std::errc{} && end == text.data() + text.size() && !text.empty();
}

struct Parts {
  std::string_view list;
  std::string_view binding;
  ListPlace place{};
  std::int64_t issued_ms = 0;
};

std::optional<Parts> take_apart(const std::string& bytes) {
  const auto parts = text::split(bytes, separator);
  if (parts.size() != 8) return std::nullopt;
  const std::string_view sealed(bytes.data(), bytes.size() - parts[7].size());
  if (short_hash(sealed) != parts[7]) return std::nullopt;
  Parts read{.list = parts[0], .binding = parts[1]};
  if (!read_number(parts[2], read.place.time_ms) || !read_number(parts[3], read.place.id) ||
      !read_number(parts[4], read.place.other) || !read_number(parts[6], read.issued_ms))
    return std::nullopt;
  read.place.label = std::string(parts[5]);
  return read;
}

}  // namespace

std::string encode(const Cursor& cursor) {
  std::string bytes =
      fmt::format("{1}{0}{2}{0}{3}{0}{4}{0}{5}{0}{6}{0}{7}{0}", separator, short_hash(cursor.list),
                  short_hash(cursor.binding), cursor.place.time_ms, cursor.place.id,
                  cursor.place.other, cursor.place.label, cursor.issued_ms);
  bytes += short_hash(bytes);
  return base64::encode(bytes);
}

Checked<ListPlace> decode_cursor(std::string_view text, const Cursor& expected) {
  const auto invalid = [] {
    return refuse(400, "invalid_cursor", "This cursor is not valid, or no longer.");
  };
  const auto bytes = base64::decode(text);
  if (text.size() > 512 || !bytes) return invalid();
  auto parts = take_apart(*bytes);
  if (!parts || expected.issued_ms - parts->issued_ms > lifetime_ms) return invalid();
  if (parts->list != short_hash(expected.list) || parts->binding != short_hash(expected.binding))
    return refuse(400, "cursor_mismatch",
                  "This cursor belongs to another list, or to other values of archived, "
                  "updated_since or owner_id.");
  return std::move(parts->place);
}

}  // namespace flit::sim::interactive
