#pragma once
/// @file Several pieces of work measured beside each other, so that noise hits all of them.
///
/// A round runs every piece once, one after the other; rounds repeat. What is reported is the
/// least, the middle and the greatest of the rounds: how far they lie apart is the machine's noise.
/// A ratio is taken within each round, where both pieces met the same weather. Time is processor
/// time of this thread unless a piece waits for a disk.

#include <algorithm>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace flit::bench {

struct Piece {
  std::string name;
  std::function<void()> run;
};

struct Spread {
  double min = 0;
  double median = 0;
  double max = 0;
};

/// REQUIRES: not empty.
inline Spread spread_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values.front(), values[values.size() / 2], values.back()};
}

enum class Clock { processor, wall };

inline double seconds_of(Clock clock) {
  timespec now{};
  ::clock_gettime(clock == Clock::processor ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

inline double seconds_for(const std::function<void()>& work, Clock clock) {
  const double before = seconds_of(clock);
  work();
  return seconds_of(clock) - before;
}

/// seconds[piece][round]; a round before the first warms everything up and is not counted.
inline std::vector<std::vector<double>> interleaved(const std::vector<Piece>& pieces, int rounds,
                                                    Clock clock = Clock::processor) {
  std::vector<std::vector<double>> seconds(pieces.size());
  for (int round = -1; round < rounds; ++round)
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const double took = seconds_for(pieces[i].run, clock);
      if (round >= 0) seconds[i].push_back(took);
    }
  return seconds;
}

/// units / seconds, round by round.
inline Spread rate_of(const std::vector<double>& seconds, double units) {
  std::vector<double> rates;
  for (const double one : seconds) rates.push_back(units / one);
  return spread_of(std::move(rates));
}

/// How many times longer `one` took than `other`, round by round.
inline Spread ratio_of(const std::vector<double>& one, const std::vector<double>& other) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < one.size(); ++i) ratios.push_back(one[i] / other[i]);
  return spread_of(std::move(ratios));
}

/// One line as script/bench reads it: what, unit, least, middle and greatest, joined by tabs.
inline void print_line(std::string_view what, std::string_view unit, const Spread& spread) {
  fmt::print("{}\t{}\t{:.6g}\t{:.6g}\t{:.6g}\n", what, unit, spread.min, spread.median, spread.max);
}

}  // namespace flit::bench
