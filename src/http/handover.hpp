#pragma once
/// @file What the lane that waits for an answer and the I/O thread hand each other meanwhile.
///
/// Bytes of a streamed body in either direction, at most a window of each, and the end. The I/O
/// thread never waits here: a full or empty side makes it pause the transfer, and the lane asks for
/// it to be resumed. Used by one exchange, one lane and the I/O thread.

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace flit::http {

class Handover {
 public:
  /// Enough to keep a fast link busy while the lane writes to disk; a piece may overshoot it once.
  static constexpr std::size_t window = std::size_t{256} * 1024;

  // The I/O thread's side.

  /// False: the window is full, nothing was taken, and the next take() says so.
  bool put(std::string_view piece);

  /// Bytes to send; 0 is the end of the body. Nothing: none yet, and the next give() says so.
  std::optional<std::size_t> get(std::span<char> buffer);

  /// No call of the I/O thread comes after this one.
  void finish();

  // The lane's side.

  enum class Event {
    incoming,  ///< take() has bytes
    wanted,    ///< give() bytes to send
    finished,  ///< and everything was taken
  };
  Event wait();

  struct Taken {
    std::string bytes;
    bool was_paused;  ///< the transfer waits to be resumed
  };
  Taken take();

  /// Hands over bytes to send; none means that the body ends here. True: the transfer waits to be
  /// resumed.
  bool give(std::string_view bytes);

  /// Bytes to send are not asked for any more.
  void stop_giving();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string incoming_;  // everything below is guarded by mutex_
  std::string outgoing_;
  std::size_t outgoing_sent_ = 0;
  bool is_incoming_paused_ = false;
  bool is_outgoing_wanted_ = false;
  bool has_outgoing_ended_ = false;
  bool is_finished_ = false;
};

}  // namespace flit::http
