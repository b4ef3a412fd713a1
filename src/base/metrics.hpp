#pragma once
/// @file Events counted: how many of each, what they add up to, what was said last.
///
/// Every event makes a counter `flit_<event>_total`; every count field
/// `flit_<event>_<field>_total`, every duration `flit_<event>_<field>_seconds_total`, every gauge
/// `flit_<event>_<field>` and every ratio the two gauges `…_part` and `…_whole`, all under the
/// event's labels. At most a thousand series are kept, so that a label with many values cannot fill
/// the memory. Thread-safe.

#include <cstdint>
#include <map>
#include <string>

#include "base/event.hpp"
#include "base/sync.hpp"

namespace flit {

class Metrics final : public EventSink {
 public:
  static constexpr std::size_t most_series = 1000;

  void on(const Event& event) override;

  /// Prometheus' text format (version 0.0.4), sorted by name.
  std::string text() const;

  /// The value of `flit_batch_settled_done_total{object="contacts"}`; 0 if there is none.
  /// Durations are in milliseconds here.
  std::int64_t value_of(const std::string& series) const;

 private:
  struct Sample {
    std::int64_t value = 0;
    bool is_milliseconds = false;
    bool is_counter = true;
  };

  /// Ordered, so that the text is sorted.
  struct Samples {
    std::map<std::string, Sample> by_series;
    std::int64_t left_out = 0;

    void add(const std::string& series, std::int64_t by, bool is_milliseconds);
    void set(const std::string& series, std::int64_t value);
    void note(const EventField& field, const std::string& name, const std::string& labels);
    Sample* find_or_make(const std::string& series);
  };

  Sync<Samples> samples_;
};

}  // namespace flit
