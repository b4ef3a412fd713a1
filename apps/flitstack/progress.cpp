#include "apps/flitstack/progress.hpp"

#include <algorithm>
#include <variant>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace flit::app {
namespace {

using namespace std::chrono_literals;

constexpr auto redraw_after = 200ms;  // on a terminal
constexpr auto line_after = 10s;      // elsewhere
constexpr auto rate_window = 15s;

std::string text_of(const Event& event, std::string_view name) {
  for (const EventField& field : event.fields())
    if (field.name == name)
      if (const auto* text = std::get_if<std::string>(&field.value)) return *text;
  return {};
}

std::uint64_t number_of(const Event& event, std::string_view name) {
  for (const EventField& field : event.fields())
    if (field.name == name)
      if (const auto* number = std::get_if<std::int64_t>(&field.value))
        return static_cast<std::uint64_t>(std::max<std::int64_t>(0, *number));
  return 0;
}

std::optional<Duration> duration_of(const Event& event, std::string_view name) {
  for (const EventField& field : event.fields())
    if (field.name == name)
      if (const auto* took = std::get_if<std::chrono::milliseconds>(&field.value)) return *took;
  return {};
}

/// "4:05", "1:02:33".
std::string shown(std::chrono::seconds time) {
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(time);
  if (hours.count() > 0)
    return fmt::format("{}:{:02}:{:02}", hours.count(), (time / 1min) % 60, time.count() % 60);
  return fmt::format("{}:{:02}", time / 1min, time.count() % 60);
}

std::string bar(std::uint64_t part, std::uint64_t whole) {
  constexpr std::uint64_t width = 24;
  const std::uint64_t full = std::min(width, whole == 0 ? 0 : part * width / whole);
  return "[" + std::string(full, '#') + std::string(width - full, '.') + "]";
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

}  // namespace

Progress::~Progress() {
  const std::lock_guard lock(mutex_);
  end();
}

void Progress::on(const Event& event) {
  const std::lock_guard lock(mutex_);
  const std::string_view name = event.name();
  if (name == "stage_started") begin(text_of(event, "title"));
  if (name == "work_planned") plan(event);
  if (name == "limit_met") closed_until_ = clock_.tick() + duration_of(event, "wait").value_or(0ms);
  if (name == "page_staged")
    advance(number_of(event, "records") + number_of(event, "edges"), event);
  if (name == "rows_compared") advance(number_of(event, "records"), event);
  if (name == "chunk_taken_back")
    advance(number_of(event, "deleted") + number_of(event, "restored") + number_of(event, "kept"),
            event);
  if (name == "chunk_loaded") {
    failed_ += number_of(event, "failed");
    advance(number_of(event, "done") + number_of(event, "failed"), event);
  }
  if (name == "stage_ended") end();
}

void Progress::begin(std::string title) {
  end();
  title_ = std::move(title);
  started_ = drawn_ = clock_.tick();
  marks_.assign(1, {started_, 0, 0});
}

/// What is counted from now on is another thing: sampling loads, then compares.
void Progress::plan(const Event& event) {
  const std::string title = title_.empty() ? text_of(event, "what") : title_;
  begin(title);
  total_ = number_of(event, "total");
  allowed_ = static_cast<double>(number_of(event, "requests_per_1000_s")) / 1000;
}

void Progress::advance(std::uint64_t by, const Event& event) {
  done_ += by;
  requests_ += number_of(event, "requests");
  left_ = duration_of(event, "left");
  what_ = text_of(event, event.name() == "page_staged" ? "list" : "table");
  const Tick now = clock_.tick();
  marks_.push_back({now, done_, requests_});
  while (marks_.size() > 2 && now - marks_.front().at > rate_window) marks_.pop_front();
  const bool moving = terminal_.is_interactive();
  if (now - drawn_ >= (moving ? Duration(redraw_after) : Duration(line_after))) draw(false);
}

void Progress::end() {
  if (done_ > 0 || is_drawn_) draw(true);
  title_.clear();
  what_.clear();
  done_ = failed_ = total_ = requests_ = 0;
  allowed_ = 0;
  left_.reset();
  is_drawn_ = false;
}

void Progress::draw(bool last) {
  drawn_ = clock_.tick();
  is_drawn_ = true;
  terminal_.show_progress(line(last), last);
}

std::string Progress::line(bool last) const {
  const Tick now = clock_.tick();
  const Mark& from = last ? Mark{started_, 0, 0} : marks_.front();
  const double seconds = std::chrono::duration<double>(now - from.at).count();
  const double rate = seconds > 0 ? static_cast<double>(done_ - from.done) / seconds : 0;
  std::string text = fmt::format("{:<12} ", title_);
  if (total_ > 0) text += bar(std::min(done_, total_), total_) + " ";
  text += grouped(done_);
  if (total_ > 0) text += " of " + grouped(std::max(total_, done_));
  if (failed_ > 0) text += fmt::format(", {} failed", grouped(failed_));
  if (rate >= 1) text += fmt::format("  {}/s", grouped(static_cast<std::uint64_t>(rate)));
  text += pressure(now, from);
  const auto took = std::chrono::duration_cast<std::chrono::seconds>(now - started_);
  if (last) return text + fmt::format("  in {}", shown(took));
  text += time_left(now, rate);
  if (!what_.empty()) text += "  " + what_;
  return text;
}

/// How much of what the platform allows is used, or how long it allows nothing.
std::string Progress::pressure(Tick now, const Mark& from) const {
  if (closed_until_ > now)
    return fmt::format(
        "  limit met, {} to wait",
        shown(std::chrono::duration_cast<std::chrono::seconds>(closed_until_ - now)));
  const double seconds = std::chrono::duration<double>(now - from.at).count();
  if (allowed_ <= 0 || seconds <= 0 || requests_ == from.requests) return {};
  const double used = static_cast<double>(requests_ - from.requests) / seconds / allowed_;
  return fmt::format("  {:.0f} % of the request limit", std::min(100.0, 100 * used));
}

std::string Progress::time_left(Tick now, double rate) const {
  if (left_) {
    const Duration since = now - marks_.back().at;
    return fmt::format("  {} left", shown(std::chrono::duration_cast<std::chrono::seconds>(
                                        std::max(Duration(0), *left_ - since))));
  }
  if (total_ <= done_ || rate <= 0) return {};
  const auto seconds = static_cast<long>(static_cast<double>(total_ - done_) / rate);
  return fmt::format("  {} left", shown(std::chrono::seconds(seconds)));
}

}  // namespace flit::app
