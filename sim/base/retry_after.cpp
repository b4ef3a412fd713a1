#include "sim/base/retry_after.hpp"

#include <algorithm>

namespace flit::sim {

namespace {

constexpr unsigned most_doublings = 8;

}  // namespace

RetryAfterBook::Hint& RetryAfterBook::hint_of(std::string_view key) {
  const auto found = hints_.find(key);
  return found != hints_.end() ? found->second : hints_[std::string(key)];
}

bool RetryAfterBook::arrive(std::string_view key, Tick now) {
  const auto found = hints_.find(key);
  if (found == hints_.end()) return false;
  Hint& hint = found->second;
  if (now < hint.until) {
    if (now < hint.counts_from) return false;
    ++sent_inside_;
    hint.doublings = std::min(hint.doublings + 1, most_doublings);
    return true;
  }
  hint.doublings = 0;
  return false;
}

std::chrono::seconds RetryAfterBook::refuse(std::string_view key, Tick now, Duration needed) {
  Hint& hint = hint_of(key);
  const auto base =
      std::max(std::chrono::ceil<std::chrono::seconds>(needed), std::chrono::seconds(1));
  const auto seconds =
      std::min(std::min(base, rules_.longest) * (1 << hint.doublings), rules_.longest);
  note(key, now, now + seconds);
  return seconds;
}

void RetryAfterBook::note(std::string_view key, Tick now, Tick until) {
  Hint& hint = hint_of(key);
  if (now >= hint.until) hint.counts_from = now + rules_.grace;  // else the client knew already
  hint.until = until;
}

void RetryAfterBook::clear() {
  hints_.clear();
  sent_inside_ = 0;
}

}  // namespace flit::sim
