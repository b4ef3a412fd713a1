#pragma once
/// @file Walks over UTF-8 text one code point at a time: `for (char32_t c : CodePoints(text))`.
///
/// Each byte that is not part of a well-formed sequence yields U+FFFD, as utf8::repaired does, so
/// the walk always ends and never reads past the text. The text must outlive the walk.

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

namespace flit {

class CodePoints {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char32_t;
    using difference_type = std::ptrdiff_t;
    using pointer = const char32_t*;
    using reference = char32_t;

    Iterator() = default;
    explicit Iterator(std::string_view rest) : rest_(rest) { decode(); }

    char32_t operator*() const { return code_point_; }
    Iterator& operator++() {
      rest_.remove_prefix(length_);
      decode();
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(std::default_sentinel_t) const { return rest_.empty(); }

    /// The bytes of this code point.
    std::string_view bytes() const { return rest_.substr(0, length_); }

   private:
    void decode();

    std::string_view rest_;
    char32_t code_point_ = 0;
    std::size_t length_ = 0;
  };

  explicit CodePoints(std::string_view text) : text_(text) {}

  Iterator begin() const { return Iterator(text_); }
  static std::default_sentinel_t end() { return {}; }

 private:
  std::string_view text_;
};

/// All of them at once, for algorithms that need to look back.
std::u32string to_utf32(std::string_view text);

/// REQUIRES: scalar values only.
std::string to_utf8(std::u32string_view text);

}  // namespace flit
