#pragma once
/// @file JSON values: views into the nodes of a json::Document.
///
/// Numbers keep their text until a schema says what they are: money and ids never pass through a
/// double. Reading from values by many threads is fine.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace flit::json {

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

std::string_view to_string(Kind kind);

namespace detail {
struct Node {
  const char* text = nullptr;  ///< string: unescaped; number: its lexeme; boolean: 't' or 'f'
  std::uint32_t length = 0;    ///< bytes of text; containers: number of elements or members
  std::uint32_t span = 1;      ///< nodes from here to the next sibling
  Kind kind = Kind::null;
};
}  // namespace detail

class Elements;
class Members;

/// A view of one value, two words wide: pass it by value. A default-made Value is "absent": it is
/// what find() gives for a missing key, has no kind, and every as_…() of it is empty.
class Value {
 public:
  Value() = default;

  bool exists() const { return node_ != nullptr; }
  explicit operator bool() const { return exists(); }

  /// REQUIRES: exists().
  Kind kind() const { return node_->kind; }
  bool is(Kind kind) const { return exists() && node_->kind == kind; }
  bool is_null() const { return is(Kind::null); }
  bool is_string() const { return is(Kind::string); }
  bool is_number() const { return is(Kind::number); }
  bool is_object() const { return is(Kind::object); }
  bool is_array() const { return is(Kind::array); }

  /// Each is empty when the value is absent or of another kind.
  std::optional<std::string_view> as_string() const {
    if (!is(Kind::string)) return {};
    return std::string_view(node_->text, node_->length);
  }
  /// The lexeme, exactly as sent.
  std::optional<std::string_view> as_number() const {
    if (!is(Kind::number)) return {};
    return std::string_view(node_->text, node_->length);
  }
  std::optional<bool> as_boolean() const;
  std::optional<std::int64_t> as_integer()
      const;                                ///< only lexemes without fraction or exponent, in range
  std::optional<double> as_double() const;  ///< for coordinates and statistics, never for money

  /// The text of a string or `fallback`.
  std::string_view string_or(std::string_view fallback) const {
    return as_string().value_or(fallback);
  }

  /// Number of elements or members; 0 for every other kind.
  std::size_t size() const;

  /// The member of that name (the last one, if it stands there twice), absent if there is none.
  Value find(std::string_view key) const;
  Value operator[](std::string_view key) const { return find(key); }

  /// Follows keys joined by dots: "paging.next.after". Absent as soon as one is missing.
  Value at_path(std::string_view path) const;

  Elements elements() const;  ///< empty unless an array
  Members members() const;    ///< empty unless an object

  /// The value as compact JSON text, number lexemes unchanged.
  std::string dump() const;
  void append_to(std::string& out) const;

 private:
  friend class Document;
  friend class Elements;
  friend class Members;
  explicit Value(const detail::Node* node) : node_(node) {}
  const detail::Node* node_ = nullptr;
};

struct Member {
  std::string_view key;
  Value value;
};

class Elements {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Value;
    using difference_type = std::ptrdiff_t;
    using pointer = const Value*;
    using reference = Value;

    explicit Iterator(const detail::Node* node) : node_(node) {}
    Value operator*() const { return Value(node_); }
    Iterator& operator++() {
      node_ += node_->span;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const detail::Node* node_;
  };

  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(last_); }

 private:
  friend class Value;
  Elements(const detail::Node* first, const detail::Node* last) : first_(first), last_(last) {}
  const detail::Node* first_;
  const detail::Node* last_;
};

class Members {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Member;
    using difference_type = std::ptrdiff_t;
    using pointer = const Member*;
    using reference = Member;

    explicit Iterator(const detail::Node* key) : key_(key) {}
    Member operator*() const {
      return {std::string_view(key_->text, key_->length), Value(key_ + 1)};
    }
    Iterator& operator++() {
      key_ += 1 + key_[1].span;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const detail::Node* key_;
  };

  Iterator begin() const { return Iterator(first_); }
  Iterator end() const { return Iterator(last_); }

 private:
  friend class Value;
  Members(const detail::Node* first, const detail::Node* last) : first_(first), last_(last) {}
  const detail::Node* first_;
  const detail::Node* last_;
};

}  // namespace flit::json
