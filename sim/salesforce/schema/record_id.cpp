#include "sim/salesforce/schema/record_id.hpp"

#include <array>

namespace flit::sim::salesforce {
namespace {

constexpr std::string_view digits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The value of a base-62 digit, or -1.
constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  for (auto& value : values) value = -1;
  for (std::size_t i = 0; i < digits.size(); ++i)
    values[static_cast<unsigned char>(digits[i])] = static_cast<std::int8_t>(i);
  return values;
}
constexpr auto values = make_values();

int value_of(char c) {
  return values[static_cast<unsigned char>(c)];
}

void write_number(char* to, std::size_t width, std::uint64_t number) {
  for (std::size_t i = width; i > 0; --i) {
    to[i - 1] = digits[number % 62];
    number /= 62;
  }
}

void write_checksum(const char* fifteen, char* to) {
  for (std::size_t group = 0; group < 3; ++group) {
    unsigned bits = 0;
    for (unsigned i = 0; i < 5; ++i) {
      const char c = fifteen[group * 5 + i];
      if (c >= 'A' && c <= 'Z') bits |= 1U << i;
    }
    to[group] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits];
  }
}

}  // namespace

std::string id_checksum(std::string_view fifteen) {
  std::string check(3, 'A');
  if (fifteen.size() == 15) write_checksum(fifteen.data(), check.data());
  return check;
}

std::uint32_t RecordId::prefix_of(std::string_view three) {
  std::uint32_t number = 0;
  for (const char c : three) number = number * 62 + static_cast<std::uint32_t>(value_of(c));
  return number;
}

std::string RecordId::prefix_text(std::uint32_t prefix) {
  std::string text(3, '0');
  write_number(text.data(), 3, prefix);
  return text;
}

std::optional<RecordId> RecordId::parse(std::string_view text) {
  if (text.size() != 15 && text.size() != 18) return std::nullopt;
  for (const char c : text)
    if (value_of(c) < 0) return std::nullopt;
  if (text.size() == 18 && id_checksum(text.substr(0, 15)) != text.substr(15)) return std::nullopt;
  const std::uint32_t prefix = prefix_of(text.substr(0, 3));
  std::uint64_t counter = 0;
  for (const char c : text.substr(3, 12)) {
    counter = counter * 62 + static_cast<std::uint64_t>(value_of(c));
    if (counter >= foreign_counter) return RecordId(prefix, foreign_counter);
  }
  return RecordId(prefix, counter);
}

void RecordId::append_to(std::string& out) const {
  std::array<char, 18> text{};
  write_number(text.data(), 3, prefix());
  write_number(text.data() + 3, 12, counter());
  write_checksum(text.data(), text.data() + 15);
  out.append(text.data(), text.size());
}

std::string RecordId::text() const {
  std::string out;
  append_to(out);
  return out;
}

std::string RecordId::text15() const {
  return text().substr(0, 15);
}

}  // namespace flit::sim::salesforce
