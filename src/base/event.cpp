#include "base/event.hpp"

#include <algorithm>
#include <mutex>

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace flit {
namespace {

using std::chrono::milliseconds;
using Role = EventField::Role;

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

/// snake_case as words.
std::string words(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string shown(const EventField::Value& value) {
  return std::visit(
      Overloaded{[](const std::string& text) { return text; },
                 [](std::int64_t number) { return fmt::format("{}", number); },
                 [](milliseconds took) {
                   return fmt::format("{:.3f} s", static_cast<double>(took.count()) / 1000);
                 },
                 [](const Ratio& ratio) {
                   return ratio.whole > 0 ? fmt::format("{} of {}", ratio.part, ratio.whole)
                                          : fmt::format("{}", ratio.part);
                 }},
      value);
}

class LogEvents final : public EventSink {
 public:
  explicit LogEvents(Logger& log) : log_(log) {}
  void on(const Event& event) override { log_.write_event(event); }

 private:
  Logger& log_;
};

}  // namespace

Event& Event::add(std::string_view name, Role role, EventField::Value value) {
  fields_.push_back({name, role, std::move(value)});
  return *this;
}

Event& Event::label(std::string_view name, std::string text) {
  return add(name, Role::label, std::move(text));
}
Event& Event::text(std::string_view name, std::string text) {
  return add(name, Role::plain, std::move(text));
}
Event& Event::number(std::string_view name, std::int64_t number) {
  return add(name, Role::plain, number);
}
Event& Event::count(std::string_view name, std::int64_t by) {
  return add(name, Role::count, by);
}
Event& Event::gauge(std::string_view name, std::int64_t now) {
  return add(name, Role::gauge, now);
}
Event& Event::duration(std::string_view name, std::chrono::nanoseconds took) {
  return add(name, Role::count, std::chrono::round<milliseconds>(took));
}
Event& Event::ratio(std::string_view name, Ratio ratio) {
  return add(name, Role::gauge, ratio);
}

std::string Event::sentence() const {
  std::string out = words(name_);
  std::string_view separator = ": ";
  for (const EventField& field : fields_) {
    out.append(separator).append(words(field.name)).append(" ").append(shown(field.value));
    separator = ", ";
  }
  return out;
}

void Event::write_members(json::Writer& out) const {
  out.member("event", name_);
  for (const EventField& field : fields_) {
    const auto write_ratio = [&](const Ratio& ratio) {
      out.key(field.name).begin_object();
      out.member("part", ratio.part).member("whole", ratio.whole).end_object();
    };
    std::visit(Overloaded{[&](const std::string& text) { out.member(field.name, text); },
                          [&](std::int64_t number) { out.member(field.name, number); },
                          [&](milliseconds took) {
                            out.member(std::string(field.name) + "_ms", std::int64_t{took.count()});
                          },
                          write_ratio},
               field.value);
  }
}

EventHub::Subscription::Subscription(Subscription&& other) noexcept
    : hub_(std::exchange(other.hub_, nullptr)), sink_(other.sink_) {}

EventHub::Subscription& EventHub::Subscription::operator=(Subscription&& other) noexcept {
  std::swap(hub_, other.hub_);
  std::swap(sink_, other.sink_);
  return *this;
}

EventHub::Subscription::~Subscription() {
  if (hub_ != nullptr) hub_->unsubscribe(sink_);
}

EventHub::Subscription EventHub::subscribe(EventSink& sink) {
  const std::unique_lock lock(mutex_);
  sinks_.push_back(&sink);
  return {this, &sink};
}

void EventHub::unsubscribe(EventSink* sink) noexcept {
  const std::unique_lock lock(mutex_);  // waits for the events being handed out
  const auto found = std::find(sinks_.begin(), sinks_.end(), sink);
  if (found != sinks_.end()) sinks_.erase(found);
}

void EventHub::on(const Event& event) {
  const std::shared_lock lock(mutex_);
  for (EventSink* sink : sinks_) sink->on(event);
}

std::unique_ptr<EventSink> log_events(Logger& log) {
  return std::make_unique<LogEvents>(log);
}

}  // namespace flit
