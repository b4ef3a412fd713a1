#pragma once
/// @file A bounded queue between lanes: first in, first out, several at each end.
///
/// push() waits for room, pop() for an item; both can be stopped and have a deadline. An item is at
/// every moment either the caller's or the channel's: it leaves the pusher only with Passage::done,
/// and none is lost or doubled by a stop. Memory is bounded by `capacity` items. Thread-safe.

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "base/check.hpp"
#include "base/watched.hpp"

namespace flit {

/// How a push or a pop ended.
enum class Passage {
  done,
  closed,    ///< push: nobody takes items any more; pop: and none is left
  deadline,  ///< Patience::until came first
  stopped,   ///< Patience::stop was requested
};

template <typename T>
class Channel {
 public:
  struct Popped {
    Passage passage;
    std::optional<T> item;  ///< exactly with Passage::done
  };

  /// REQUIRES: capacity > 0.
  Channel(Executor& executor, const std::string& name, std::size_t capacity)
      : state_(executor, "channel " + name), capacity_(capacity) {
    FLIT_CHECK(capacity > 0, "a channel holds at least one item");
  }

  /// Moves from `item` only with Passage::done.
  [[nodiscard]] Passage push(T&& item, const Patience& patience) {
    bool closed = false;
    const Woken woken = state_.when(
        "room", patience,
        [this](const State& state) { return state.closed || state.items.size() < capacity_; },
        [&](State& state) {
          closed = state.closed;
          if (!closed) state.items.push_back(std::move(item));
        });
    return passage_of(woken, closed);
  }

  [[nodiscard]] Passage push(const T& item, const Patience& patience) {
    return push(T(item), patience);
  }

  /// Takes the oldest item; after close() those that are left, then Passage::closed.
  [[nodiscard]] Popped pop(const Patience& patience) {
    std::optional<T> item;
    const Woken woken = state_.when(
        "an item", patience,
        [](const State& state) { return state.closed || !state.items.empty(); },
        [&](State& state) {
          if (state.items.empty()) return;
          item.emplace(std::move(state.items.front()));
          state.items.pop_front();
        });
    const bool closed = !item.has_value();
    return {passage_of(woken, closed), std::move(item)};
  }

  /// Refuses every later push and those that wait for room; what is inside can still be popped.
  /// May be repeated.
  void close() {
    state_.change([](State& state) { state.closed = true; });
  }

  std::size_t size() const {
    return state_.look([](const State& state) { return state.items.size(); });
  }

 private:
  struct State {
    std::deque<T> items;
    bool closed = false;
  };

  static Passage passage_of(Woken woken, bool closed) {
    switch (woken) {
      case Woken::ready:
        return closed ? Passage::closed : Passage::done;
      case Woken::deadline:
        return Passage::deadline;
      case Woken::stopped:
        return Passage::stopped;
    }
    return Passage::stopped;
  }

  Watched<State> state_;
  std::size_t capacity_;
};

}  // namespace flit
