#pragma once
/// @file What a simulation did, switch by switch: to read, and to compare with another run.
///
/// The digest covers every switch; the steps are the last ones only, so that memory is bounded. Two
/// runs of one seed have equal traces; where they have not, first_difference() shows the first step
/// at which something outside the simulation (an address, the real clock, a hash order) has
/// decided.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace flit {

class SimTrace {
 public:
  enum class Why { starts, interrupted, ready, deadline, stopped, joined, crashed };

  struct Step {
    std::uint64_t number;  ///< from 1
    Duration at;           ///< virtual time since the start
    std::size_t lane;      ///< in order of starting; 0 is the program itself
    Why why;
    std::string_view
        where;  ///< the monitor's name; empty for a sleep. Lives as long as the simulation
    std::string_view what;  ///< what was waited for; may be empty

    bool operator==(const Step&) const = default;
  };

  explicit SimTrace(std::size_t kept) : kept_(kept) {}

  /// Called by the scheduler in the order of the lanes' starts.
  void add_lane(std::string name) { lanes_.push_back(std::move(name)); }
  void add(const Step& step);

  std::uint64_t switches() const { return switches_; }
  std::uint64_t digest() const { return digest_; }
  const std::deque<Step>& steps() const { return steps_; }

  /// "#12 +0.250000 producer 2 goes on: channel orders, room"
  std::string line(const Step& step) const;

  /// All steps that are kept, a line each.
  std::string text() const;

 private:
  std::size_t kept_;
  std::vector<std::string> lanes_;
  std::deque<Step> steps_;
  std::uint64_t switches_ = 0;
  std::uint64_t digest_ = 0xCBF29CE484222325U;  // FNV-1a
};

/// Both lines of the first kept step that differs; empty when the traces are equal.
std::string first_difference(const SimTrace& one, const SimTrace& other);

}  // namespace flit
