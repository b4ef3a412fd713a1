#pragma once
/// @file Say it once: a typed event is the log line, the metric and the live event.
///
/// Whoever has news declares a struct and how it reads as an Event:
///
///     struct BatchSettled { MigrationId migration; std::int64_t batch, done, failed; Duration
///     took; };
///
///     Event to_event(const BatchSettled& e) {
///       return Event("batch_settled", Level::debug)
///           .label("migration", e.migration.text()).number("batch", e.batch)
///           .count("done", e.done).count("failed", e.failed).duration("took", e.took);
///     }
///
///     emit(events, BatchSettled{…});   // events is an EventSink&
///
/// Sinks: log_events() for the log, Metrics (base/metrics.hpp) for counters, whatever draws a
/// progress bar or feeds the web. EventHub hands one event to many. Fields hold counts, ids, names
/// and times, never secrets or a record's values.

#include <chrono>
#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/log.hpp"

namespace flit {

namespace json {
class Writer;
}

/// How far something is: 512 of 1000.
struct Ratio {
  std::int64_t part = 0;
  std::int64_t whole = 0;  ///< 0: not known yet

  bool operator==(const Ratio&) const = default;
};

struct EventField {
  enum class Role : std::uint8_t {
    label,  ///< tells metrics apart; of few different values: a migration, an object, never an id
    plain,  ///< only told
    count,  ///< added up by metrics
    gauge,  ///< metrics keep the last one
  };
  using Value = std::variant<std::string, std::int64_t, std::chrono::milliseconds, Ratio>;

  std::string_view name;
  Role role;
  Value value;
};

class Event {
 public:
  /// `name` and every field's name: snake_case literals, for they are kept as views. By convention
  /// the name ends in a participle: "batch_settled".
  Event(std::string_view name, Level level) : name_(name), level_(level) {}

  Event& label(std::string_view name, std::string text);
  Event& text(std::string_view name, std::string text);
  Event& number(std::string_view name, std::int64_t number);
  Event& count(std::string_view name, std::int64_t by);
  Event& gauge(std::string_view name, std::int64_t now);
  Event& duration(std::string_view name, std::chrono::nanoseconds took);
  Event& ratio(std::string_view name, Ratio ratio);

  std::string_view name() const { return name_; }
  Level level() const { return level_; }
  const std::vector<EventField>& fields() const { return fields_; }

  /// "batch settled: migration m1, batch 17, done 500, failed 0, took 1.234 s".
  std::string sentence() const;

  /// Members of an object that is open: "event":"batch_settled","migration":"m1",…,"took_ms":1234,
  /// a ratio as {"part":512,"whole":1000}.
  void write_members(json::Writer& out) const;

 private:
  Event& add(std::string_view name, EventField::Role role, EventField::Value value);

  std::string_view name_;
  Level level_;
  std::vector<EventField> fields_;
};

class EventSink {
 public:
  virtual ~EventSink() = default;

  /// Called from the thread where the event happens, from several at once, and in its way: a sink
  /// that is slow queues, with a bound, and works elsewhere. It emits no events itself.
  virtual void on(const Event& event) = 0;
};

/// Emits a struct that has a to_event().
template <typename T>
void emit(EventSink& sink, const T& news) {
  sink.on(to_event(news));
}

/// Hands every event to every subscriber, in the order of subscription. Thread-safe.
class EventHub final : public EventSink {
 public:
  /// Ends with this object; once it has ended the sink is not called any more. Must not end inside
  /// a call to its own sink, and not after the hub.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(Subscription&& other) noexcept;
    Subscription& operator=(Subscription&& other) noexcept;
    ~Subscription();

   private:
    friend class EventHub;
    Subscription(EventHub* hub, EventSink* sink) : hub_(hub), sink_(sink) {}
    EventHub* hub_ = nullptr;
    EventSink* sink_ = nullptr;
  };

  /// `sink` outlives the subscription.
  [[nodiscard]] Subscription subscribe(EventSink& sink);

  void on(const Event& event) override;

 private:
  void unsubscribe(EventSink* sink) noexcept;

  std::shared_mutex mutex_;  // guards the list; shared while events are handed out
  std::vector<EventSink*> sinks_;
};

/// Writes each event as one line; `log` outlives the sink.
std::unique_ptr<EventSink> log_events(Logger& log);

}  // namespace flit
