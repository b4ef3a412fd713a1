#pragma once
/// @file One value of one field, sixteen bytes; what does not fit lives in the batch's arena.
///
/// A Value owns nothing: text, decimals, lists and references point into the arena of the batch
/// that it belongs to and die with it. "absent" (say nothing about this column) and "null" (make
/// it empty) are different things, because a platform treats a column that is sent as written.
/// Money never passes through a double: there is no floating-point value at all.

#include <chrono>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "model/arena.hpp"

namespace flit::model {

/// The identity of another record, as the side that holds the value addresses it.
struct Reference {
  std::string_view table;
  std::string_view id;     ///< primary id, or the value of `key` where one is named
  std::string_view key{};  ///< alternate key or external-id field; empty: primary id
};

class Value {
 public:
  enum class Kind : std::uint8_t {
    absent,
    null,
    boolean,
    integer,
    decimal,
    text,
    date,
    instant,
    list,  ///< several choices, in a stated order
    reference,
    json,  ///< compact JSON text
  };

  Value() = default;  ///< absent

  static Value null() { return Value(Kind::null); }
  static Value boolean(bool value);
  static Value integer(std::int64_t value);
  static Value decimal(const Decimal& value, Arena& arena);
  static Value date(std::chrono::sys_days day);
  /// `offset_minutes`: the zone in which the source wrote it, kept for diffs; 0 for UTC.
  static Value instant(Instant moment, std::int16_t offset_minutes = 0);
  static Value text(std::string_view text, Arena& arena) { return text_view(arena.copy(text)); }
  /// REQUIRES: `text` outlives the value (it is in the arena, or static).
  static Value text_view(std::string_view text) { return view_of(Kind::text, text); }
  static Value json_view(std::string_view text) { return view_of(Kind::json, text); }
  static Value list(std::span<const Value> values, Arena& arena);
  static Value reference(const Reference& reference, Arena& arena);

  Kind kind() const { return kind_; }
  bool is_absent() const { return kind_ == Kind::absent; }
  bool is_null() const { return kind_ == Kind::null; }
  bool has_value() const { return kind_ > Kind::null; }

  /// Each REQUIRES its kind.
  bool as_boolean() const;
  std::int64_t as_integer() const;
  const Decimal& as_decimal() const;
  std::string_view as_text() const;  ///< text or json
  std::chrono::sys_days as_date() const;
  Instant as_instant() const;
  std::int16_t offset_minutes() const { return offset_; }
  std::span<const Value> as_list() const;
  const Reference& as_reference() const;

  /// The same value with everything it points to in `arena`.
  Value copied_to(Arena& arena) const;

  /// Equal in kind and content. Decimals compare by value (1.50 equals 1.5); offsets are ignored.
  friend bool operator==(const Value& left, const Value& right);

  /// For people: no quotes, dates as ISO 8601, lists joined by "; ", absent and null as "".
  std::string display() const;

 private:
  explicit Value(Kind kind) : kind_(kind) {}
  static Value view_of(Kind kind, std::string_view text) {
    FLIT_CHECK(text.size() <= std::numeric_limits<std::uint32_t>::max(),
               "a text of 4 GiB is refused on the way in");
    Value made(kind);
    made.text_ = text.data();
    made.length_ = static_cast<std::uint32_t>(text.size());
    return made;
  }
  void expect(Kind kind) const;

  Kind kind_ = Kind::absent;
  std::int16_t offset_ = 0;
  std::uint32_t length_ = 0;  // bytes of text, elements of a list
  union {
    std::int64_t number_ = 0;  // boolean, integer, days, microseconds
    const char* text_;
    const Decimal* decimal_;
    const Value* list_;
    const Reference* reference_;
  };
};

static_assert(sizeof(Value) == 16, "a cell of a batch is two words");

}  // namespace flit::model
