#pragma once
/// @file Who was told to wait, until when, and whether they did.
///
/// A platform that answers 429 calls refuse() and sends the seconds it gets; on every arrival it
/// calls arrive(), which tells (and counts) a request sent inside a hint. Hints grow while a client
/// keeps sending (facts/dataverse.md §8: "it grows if the client keeps sending while throttled"; by
/// how much is not documented, so they double) and are themselves again once a hint has been
/// obeyed. A request that was already on its way when the hint was given is not held against the
/// client: for a short grace nothing counts. A key is whatever the platform limits by: user, user ×
/// server. Not thread-safe.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.hpp"
#include "base/hash.hpp"

namespace flit::sim {

struct RetryAfterRules {
  std::chrono::seconds longest{300};  ///< no hint is longer
  Duration grace{0};                  ///< platform time for which a new hint counts nothing
};

class RetryAfterBook {
 public:
  RetryAfterBook() = default;
  explicit RetryAfterBook(RetryAfterRules rules) : rules_(rules) {}

  /// A request of this key arrives; true when it comes inside a hint that is in force.
  bool arrive(std::string_view key, Tick now);

  /// It is refused, and could succeed after `needed`: the hint to send, whole seconds from 1 to the
  /// longest, in force from now on.
  std::chrono::seconds refuse(std::string_view key, Tick now, Duration needed);

  /// A hint that the platform chose by its own rule is in force until then.
  void note(std::string_view key, Tick now, Tick until);

  std::int64_t sent_inside() const { return sent_inside_; }
  void clear();

 private:
  struct Hint {
    Tick counts_from{};
    Tick until{};
    unsigned doublings = 0;
  };
  Hint& hint_of(std::string_view key);

  RetryAfterRules rules_{};
  std::unordered_map<std::string, Hint, TextHash, std::equal_to<>> hints_;
  std::int64_t sent_inside_ = 0;
};

}  // namespace flit::sim
