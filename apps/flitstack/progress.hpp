#pragma once
/// @file What a long command shows while it works: one line that moves on a terminal, a line every
/// ten seconds elsewhere, nothing with --json.
///
/// Reads the same events as log and web do. Rate is over the last fifteen seconds; the time left
/// is known once the total is, and shown only then. Thread-safe.

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>

#include "apps/flitstack/terminal.hpp"
#include "base/clock.hpp"
#include "base/event.hpp"

namespace flit::app {

class Progress final : public EventSink {
 public:
  /// `terminal` and `clock` outlive this.
  Progress(Terminal& terminal, const Clock& clock) : terminal_(terminal), clock_(clock) {}
  ~Progress() override;

  void on(const Event& event) override;

 private:
  struct Mark {
    Tick at;
    std::uint64_t done;
  };

  void begin(std::string title, std::uint64_t total);
  void advance(std::uint64_t by, const std::string& what);
  void end();
  void draw(bool last);
  std::string line(bool last) const;

  Terminal& terminal_;
  const Clock& clock_;
  std::mutex mutex_;  // guards everything below
  std::string title_;
  std::string what_;
  std::uint64_t done_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t total_ = 0;  ///< 0: not known
  Tick started_{};
  Tick drawn_{};
  std::deque<Mark> marks_;
  bool is_drawn_ = false;
};

}  // namespace flit::app
