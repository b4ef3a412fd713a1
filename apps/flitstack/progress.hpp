#pragma once
/// @file What a long command shows while it works: one line that moves on a terminal, a line every
/// ten seconds elsewhere, nothing with --json.
///
/// Reads the same events as log and web do. Rate is over the last fifteen seconds. The time left is
/// what the stage says, else what the rate makes of the total, and shown only where either is
/// known; so is the share of the requests that the platform allows. Thread-safe.

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
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
    std::uint64_t requests;
  };

  void begin(std::string title);
  void plan(const Event& event);
  void advance(std::uint64_t by, const Event& event);
  void end();
  void draw(bool last);
  std::string line(bool last) const;
  std::string time_left(Tick now, double rate) const;
  std::string pressure(Tick now, const Mark& from) const;

  Terminal& terminal_;
  const Clock& clock_;
  std::mutex mutex_;  // guards everything below
  std::string title_;
  std::string what_;
  std::uint64_t done_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t requests_ = 0;
  std::uint64_t total_ = 0;         ///< 0: not known
  double allowed_ = 0;              ///< requests a second; 0: not known
  std::optional<Duration> left_{};  ///< as the stage says
  Tick closed_until_{};             ///< a limit was met
  Tick started_{};
  Tick drawn_{};
  std::deque<Mark> marks_;
  bool is_drawn_ = false;
};

}  // namespace flit::app
