// UTF-16 and Windows-1252 as UTF-8: what exports of other tools come in.

#include <array>

#include "base/utf8.hpp"
#include "sim/interactive/folder/table_input.hpp"

namespace flit::sim::interactive {

namespace {

// WHATWG Encoding Standard, index windows-1252, 0x80 to 0x9F
constexpr std::array<char16_t, 32> upper_controls{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

std::string from_windows(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    utf8::append(text, byte >= 0x80 && byte < 0xA0 ? upper_controls[byte - 0x80U] : byte);
  }
  return text;
}

Error not_text() {
  return Error{.fault = Fault::setup, .message = "the text is not in the encoding that is stated"};
}

Result<std::string> from_utf16(std::string_view bytes, bool big_endian) {
  if (bytes.size() % 2 != 0) return not_text();
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8U | second : second << 8U | first);
  };
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t code = unit(at);
    if (code >= 0xD800 && code < 0xDC00 && at + 3 < bytes.size()) {
      const char32_t low = unit(at += 2);
      if (low < 0xDC00 || low > 0xDFFF) return not_text();
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
    } else if (code >= 0xD800 && code < 0xE000) {
      return not_text();
    }
    utf8::append(text, code);
  }
  return text;
}

}  // namespace

Result<std::string> decoded(std::string_view bytes, InputEncoding encoding) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
    encoding = InputEncoding::utf_8;
  } else if (bytes.starts_with("\xFF\xFE")) {
    return from_utf16(bytes.substr(2), false);
  } else if (bytes.starts_with("\xFE\xFF")) {
    return from_utf16(bytes.substr(2), true);
  }
  if (encoding == InputEncoding::utf_16) return from_utf16(bytes, false);
  if (encoding == InputEncoding::windows_1252) return from_windows(bytes);
  if (!utf8::is_valid(bytes)) return not_text();
  return std::string(bytes);
}

}  // namespace flit::sim::interactive
