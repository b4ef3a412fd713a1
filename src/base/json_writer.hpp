#pragma once
/// @file Writes JSON into a string: append-only, no tree, commas and escapes taken care of.
///
/// The writer trusts its caller on structure (key before value, every begin ended) and checks it
/// with FLIT_CHECK only at take(). Text that is not UTF-8 is written with U+FFFD in place of each
/// bad byte, so the output is always valid JSON. Numbers that must stay exact (money, ids) are
/// written from their text with number(). Not thread-safe.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace flit::json {

/// Appends `text` to `out` as a JSON string, quotes included.
void append_quoted(std::string& out, std::string_view text);

class Writer {
 public:
  enum class Style { compact, pretty };  ///< pretty: two spaces a level, for people

  explicit Writer(Style style = Style::compact) : style_(style) {}

  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_array() { return open('['); }
  Writer& end_array() { return close(']'); }

  Writer& key(std::string_view name);
  Writer& string(std::string_view text);
  Writer& number(std::string_view lexeme);  ///< REQUIRES: a valid JSON number
  Writer& number(double value);  ///< shortest text that reads back equal; REQUIRES: finite
  Writer& boolean(bool value);
  Writer& null();
  Writer& raw(std::string_view json);  ///< REQUIRES: one complete JSON value

  template <std::integral Integer>
  Writer& integer(Integer value) {
    if constexpr (std::signed_integral<Integer>)
      return signed_integer(static_cast<std::int64_t>(value));
    else
      return unsigned_integer(static_cast<std::uint64_t>(value));
  }

  /// key + value in one call.
  Writer& member(std::string_view name, std::string_view text) { return key(name).string(text); }
  Writer& member(std::string_view name, const char* text) { return key(name).string(text); }
  Writer& member(std::string_view name, const std::string& text) { return key(name).string(text); }
  Writer& member(std::string_view name, bool value) { return key(name).boolean(value); }
  Writer& member(std::string_view name, double value) { return key(name).number(value); }
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) Writer& member(std::string_view name, Integer value) {
    return key(name).integer(value);
  }

  std::size_t size() const { return out_.size(); }
  const std::string& view() const { return out_; }

  /// What is written so far, for texts too long to hold: the next part continues it.
  std::string drain();

  /// The finished text; the writer is empty again and keeps nothing.
  std::string take();
  void clear();

 private:
  Writer& open(char bracket);
  Writer& close(char bracket);
  Writer& signed_integer(std::int64_t value);
  Writer& unsigned_integer(std::uint64_t value);
  void separate();
  void break_line();

  std::string out_;
  Style style_;
  int depth_ = 0;
  bool first_ = true;       // nothing written yet at this level
  bool after_key_ = false;  // a key waits for its value
};

}  // namespace flit::json
