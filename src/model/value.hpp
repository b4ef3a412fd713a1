#pragma once
/// @file One value of one field, sixteen bytes; what does not fit lives in the batch's arena.
///
/// A Value owns nothing: text, decimals, lists and references point into the arena of the batch
/// that it belongs to and die with it. "absent" (say nothing about this column) and "null" (make
/// it empty) are different things, because a platform treats a column that is sent as written.
/// Money never passes through a double: there is no floating-point value at all.

#include <atomic>
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

  Kind kind() const { return static_cast<Kind>(header_ & 0xFFU); }
  bool is_absent() const { return kind() == Kind::absent; }
  bool is_null() const { return kind() == Kind::null; }
  bool has_value() const { return kind() > Kind::null; }

  /// Each REQUIRES its kind.
  bool as_boolean() const;
  std::int64_t as_integer() const;
  const Decimal& as_decimal() const;
  std::string_view as_text() const;  ///< text or json
  std::chrono::sys_days as_date() const;
  Instant as_instant() const;
  std::int16_t offset_minutes() const {
    return static_cast<std::int16_t>(static_cast<std::uint16_t>(header_ >> 16U));
  }
  std::span<const Value> as_list() const;
  const Reference& as_reference() const;

  /// Becomes `fresh`, word by word. For a value that was made right before: a processor that is
  /// asked for both words at once waits for their writes, which is a twentieth of making a row.
  void take(const Value& fresh) {
    header_ = fresh.header_;
    std::atomic_signal_fence(std::memory_order_acq_rel);  // keeps the compiler from joining them
    number_ = fresh.number_;
  }

  /// The same value with everything it points to in `arena`.
  Value copied_to(Arena& arena) const;

  /// Equal in kind and content. Decimals compare by value (1.50 equals 1.5); offsets are ignored.
  friend bool operator==(const Value& left, const Value& right);

  /// For people: no quotes, dates as ISO 8601, lists joined by "; ", absent and null as "".
  std::string display() const;

 private:
  explicit Value(Kind kind, std::uint32_t length = 0, std::int16_t offset = 0)
      : header_(std::uint64_t{length} << 32U |
                std::uint64_t{static_cast<std::uint16_t>(offset)} << 16U |
                std::uint64_t{static_cast<std::uint8_t>(kind)}) {}
  std::uint32_t length() const { return static_cast<std::uint32_t>(header_ >> 32U); }
  static Value view_of(Kind kind, std::string_view text) {
    FLIT_CHECK(text.size() <= std::numeric_limits<std::uint32_t>::max(),
               "a text of 4 GiB is refused on the way in");
    Value made(kind, static_cast<std::uint32_t>(text.size()));
    made.text_ = text.data();
    return made;
  }
  void expect(Kind kind) const;

  // Kind, offset and, in the upper half, the bytes of a text or the elements of a list. One word
  // that is written at once: read back as a whole right behind writes of its parts, it would be
  // waited for.
  std::uint64_t header_ = 0;
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
