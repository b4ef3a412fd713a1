#include "http/handover.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace flit::http {

bool Handover::put(std::string_view piece) {
  const std::lock_guard lock(mutex_);
  if (incoming_.size() >= window) {
    is_incoming_paused_ = true;
    return false;
  }
  incoming_.append(piece);
  changed_.notify_one();
  return true;
}

std::optional<std::size_t> Handover::get(std::span<char> buffer) {
  const std::lock_guard lock(mutex_);
  const std::size_t count = std::min(buffer.size(), outgoing_.size() - outgoing_sent_);
  if (count == 0 && has_outgoing_ended_) return 0;
  if (count == 0) {
    is_outgoing_wanted_ = true;
    changed_.notify_one();
    return std::nullopt;
  }
  std::memcpy(buffer.data(), outgoing_.data() + outgoing_sent_, count);
  outgoing_sent_ += count;
  return count;
}

void Handover::finish() {
  const std::lock_guard lock(mutex_);
  is_finished_ = true;
  changed_.notify_one();
}

Handover::Event Handover::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return is_finished_ || is_outgoing_wanted_ || !incoming_.empty(); });
  if (!incoming_.empty()) return Event::incoming;
  return is_finished_ ? Event::finished : Event::wanted;
}

Handover::Taken Handover::take() {
  const std::lock_guard lock(mutex_);
  return {std::exchange(incoming_, {}), std::exchange(is_incoming_paused_, false)};
}

bool Handover::give(std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  outgoing_.assign(bytes);
  outgoing_sent_ = 0;
  has_outgoing_ended_ = bytes.empty();
  return std::exchange(is_outgoing_wanted_, false);
}

void Handover::stop_giving() {
  const std::lock_guard lock(mutex_);
  is_outgoing_wanted_ = false;
}

}  // namespace flit::http
