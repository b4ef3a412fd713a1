#include "base/json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/check.hpp"
#include "base/utf8.hpp"

namespace flit::json {
namespace {

/// Which bytes may be copied as they are: everything but quote, backslash and controls. Bytes from
/// 0x80 on are copied too once the text as a whole has proved to be UTF-8.
constexpr std::array<bool, 256> plain_bytes() {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 256; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}
constexpr std::array<bool, 256> plain = plain_bytes();

/// One bit for each of eight bytes that is a control, a quote, a backslash or not ASCII. A borrow
/// may set a bit too many above a byte that has one already, never the first.
std::uint64_t not_plain_in(std::uint64_t eight) {
  constexpr std::uint64_t each = 0x0101'0101'0101'0101U;
  constexpr std::uint64_t high = 0x80 * each;
  const std::uint64_t quote = eight ^ ('"' * each);
  const std::uint64_t backslash = eight ^ ('\\' * each);
  return ((eight - 0x20 * each) | (quote - each) | (backslash - each) | eight) & high;
}

std::uint64_t eight_at(const char* bytes) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes, sizeof eight);
  return eight;
}

/// Nothing to escape and nothing to check: most texts and all names. Eight bytes at a time, the
/// last eight perhaps over some that were looked at already.
bool is_plain_ascii(std::string_view text) {
  constexpr std::size_t step = 8;
  if (text.size() < step)
    return std::all_of(text.begin(), text.end(), [](char c) {
      return static_cast<signed char>(c) >= 0 && plain[static_cast<unsigned char>(c)];
    });
  std::uint64_t found = not_plain_in(eight_at(text.data() + text.size() - step));
  for (std::size_t at = 0; at + step < text.size(); at += step)
    found |= not_plain_in(eight_at(text.data() + at));
  return found == 0;
}

void append_escaped(std::string& out, unsigned char byte) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (byte) {
    case '"':
      out.append("\\\"");
      return;
    case '\\':
      out.append("\\\\");
      return;
    case '\n':
      out.append("\\n");
      return;
    case '\r':
      out.append("\\r");
      return;
    case '\t':
      out.append("\\t");
      return;
    case '\b':
      out.append("\\b");
      return;
    case '\f':
      out.append("\\f");
      return;
    default:
      break;
  }
  out.append("\\u00");
  out.push_back(hex[byte >> 4]);
  out.push_back(hex[byte & 15]);
}

template <typename Number>
void append_number(std::string& out, Number value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  out.append(buffer.data(), end);
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  if (is_plain_ascii(text)) {
    const std::size_t before = out.size();
    out.resize(before + text.size() + 2, '"');
    std::copy(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(before) + 1);
    return;
  }
  if (!utf8::is_valid(text)) {
    append_quoted(out, utf8::repaired(text));
    return;
  }
  out.push_back('"');
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (plain[byte]) continue;
    out.append(text, start, i - start);
    append_escaped(out, byte);
    start = i + 1;
  }
  out.append(text, start);
  out.push_back('"');
}

void Writer::break_line() {
  if (style_ == Style::compact) return;
  out_.push_back('\n');
  out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
}

void Writer::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!first_) out_.push_back(',');
  break_line();
  first_ = false;
}

Writer& Writer::open(char bracket) {
  separate();
  out_.push_back(bracket);
  ++depth_;
  first_ = true;
  return *this;
}

Writer& Writer::close(char bracket) {
  --depth_;
  if (!first_) break_line();
  out_.push_back(bracket);
  first_ = false;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  separate();
  append_quoted(out_, name);
  out_.append(style_ == Style::pretty ? ": " : ":");
  after_key_ = true;
  return *this;
}

Writer& Writer::string(std::string_view text) {
  separate();
  append_quoted(out_, text);
  return *this;
}

Writer& Writer::number(std::string_view lexeme) {
  return raw(lexeme);
}

Writer& Writer::number(double value) {
  separate();
  append_number(out_, value);
  return *this;
}

Writer& Writer::boolean(bool value) {
  return raw(value ? "true" : "false");
}
Writer& Writer::null() {
  return raw("null");
}

Writer& Writer::raw(std::string_view json) {
  separate();
  out_.append(json);
  return *this;
}

Writer& Writer::signed_integer(std::int64_t value) {
  separate();
  append_number(out_, value);
  return *this;
}

Writer& Writer::unsigned_integer(std::uint64_t value) {
  separate();
  append_number(out_, value);
  return *this;
}

std::string Writer::drain() {
  std::string part = std::move(out_);
  out_.clear();
  return part;
}

std::string Writer::take() {
  FLIT_CHECK(depth_ == 0 && !after_key_, "every object and array that was begun has been ended");
  std::string finished = std::move(out_);
  clear();
  return finished;
}

void Writer::clear() {
  out_.clear();
  depth_ = 0;
  first_ = true;
  after_key_ = false;
}

}  // namespace flit::json
