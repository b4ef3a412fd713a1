#pragma once
/// @file A YAML document as a tree of plain values that know where they were written.
///
/// Scalars keep their text; what they are follows from the YAML 1.2 core schema (section 10.3.2):
/// only null, ~, true, false and numbers are special, and only when they stand without quotes.
/// `on`, `off`, `yes`, `no` and `NO` are text. Maps keep the order of the document and their keys
/// are text. The same tree holds JSON (from_json), so that one typed spec (base/spec.hpp) reads
/// both. Immutable once made; reading it from many threads is fine.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.hpp"

namespace flit::json {
class Value;
}

namespace flit::yaml {

enum class Kind : std::uint8_t { null, boolean, integer, decimal, text, sequence, map };

/// "a whole number", "a map" …, as a sentence needs it.
std::string_view to_string(Kind kind);

/// Whether a scalar stood between quotes (or in a block), and so is text whatever it looks like.
enum class Style : std::uint8_t { plain, quoted };

/// What the core schema takes a plain scalar for.
Kind kind_of_plain(std::string_view text);

struct Key {
  std::string text;
  Position at;
  Style style = Style::plain;
};

struct Entry;

class Node {
 public:
  /// Null, written nowhere.
  Node() = default;

  static Node scalar(std::string text, Style style, Position at = {});
  static Node sequence(std::vector<Node> items, Position at = {});
  /// REQUIRES: no two keys are equal.
  static Node map(std::vector<Entry> entries, Position at = {});

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::null; }
  bool is_text() const { return kind_ == Kind::text; }
  bool is_sequence() const { return kind_ == Kind::sequence; }
  bool is_map() const { return kind_ == Kind::map; }
  bool is_scalar() const { return !is_sequence() && !is_map(); }

  Style style() const { return style_; }
  const Position& at() const { return at_; }

  /// A scalar's text with quotes and escapes resolved, else exactly as written: "~", "007", "1e3".
  /// Empty for sequences and maps.
  const std::string& text() const { return text_; }

  /// Each is empty when the node is of another kind; the numbers also when they do not fit.
  std::optional<bool> as_boolean() const;
  std::optional<std::int64_t> as_integer() const;  ///< decimal, 0x1F and 0o17
  std::optional<double> as_double() const;         ///< never for money: read its text() instead

  const std::vector<Node>& items() const { return items_; }  ///< empty unless a sequence
  const std::vector<Entry>& entries() const;                 ///< empty unless a map
  std::vector<Entry> take_entries() &&;                      ///< the same, for who remakes the map

  /// The entry of that key, or none. Takes O(entries): a spec walks the entries instead.
  const Entry* find(std::string_view key) const;

  /// Equal kinds, texts, keys and order; positions and quoting do not count.
  bool same_content(const Node& other) const;

 private:
  std::string text_;
  std::vector<Node> items_;
  std::vector<Entry> entries_;
  Position at_;
  Kind kind_ = Kind::null;
  Style style_ = Style::plain;
};

struct Entry {
  Key key;
  Node value;
};

/// A JSON value as a tree. JSON values do not know their lines, so every node only names `source`.
Node from_json(const json::Value& value, const std::shared_ptr<const SourceText>& source);

/// `text` as a YAML scalar that reads back as this text: plain where that is safe, else quoted.
std::string written_as_text(std::string_view text);

}  // namespace flit::yaml
