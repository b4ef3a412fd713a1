#pragma once
/// @file How much of a limited good one credential may use in a window that nobody publishes whole.
///
/// Dataverse publishes its limits for one web server and keeps to itself how many there are
/// (facts/dataverse.md §8), so the whole is found out: nothing holds back until the platform
/// refuses for the first time; what was used in the window before that is what it grants, or the
/// next multiple of one server's part where somebody else had used some. From then on use is spread
/// over the window and kept a little below. A further refusal takes a little more away. Time that
/// is measured here includes the way there and back, in what was learnt as in what is spent, so it
/// need not be known. Pure policy: time is an argument. Not thread-safe.

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/clock.hpp"

namespace flit::engine {

/// Sums what happened during the last window, in slots of a 300th of it.
class TrailingSum {
 public:
  /// REQUIRES: window > 0.
  explicit TrailingSum(Duration window);

  /// `at`: not in the future; what is older than the window counts nothing.
  void add(Tick now, Tick at, double amount);
  double total(Tick now);

  /// When the total will be `ceiling` at most, if nothing is added.
  Tick at_most(Tick now, double ceiling);

 private:
  void forget(Tick now);

  Duration slot_;
  std::vector<double> slots_;
  std::int64_t newest_ = 0;  // number of the newest slot since the clock began
  double total_ = 0;
};

class Allowance {
 public:
  /// `of_a_server`: what is published.
  Allowance(Duration window, double of_a_server);

  /// When `amount` more may be used, beside what is in use and not yet added.
  Tick due(Tick now, double amount, double in_use);

  /// It is taken in use; its true amount comes with spend().
  void take(Tick now, double amount);

  /// What came of a request that left at `sent`, and what was taken for it.
  void spend(Tick now, Tick sent, double amount, double taken);

  /// The platform refused at `now`, with so much in use that was not spent yet.
  void refused(Tick now, double in_use);

  /// So much of what was in use then was refused as well.
  void was_not_used(double amount);

  /// What may be used in a window; none: nobody knows yet.
  std::optional<double> known() const { return known_; }

 private:
  Duration pace(double amount) const;

  Duration window_;
  double of_a_server_;
  TrailingSum spent_;
  std::optional<double> known_;
  Tick next_ = Tick::min();  // when it is the next one's turn
};

}  // namespace flit::engine
