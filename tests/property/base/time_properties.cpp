// Instants survive their text and every zone; zones agree with themselves around each change.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/date_pattern.hpp"
#include "base/zone.hpp"

namespace flit {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

template <typename Number>
Number between(Number first, Number end) {
  return *rc::gen::resize(100, rc::gen::inRange<Number>(first, end));
}

Instant any_instant(int first_year, int last_year) {
  const sys_days first =
      Date(std::chrono::year(first_year), std::chrono::January, std::chrono::day(1));
  const sys_days end =
      Date(std::chrono::year(last_year + 1), std::chrono::January, std::chrono::day(1));
  return first + days(between(0, static_cast<int>((end - first).count()))) +
         seconds(between(0, 86400)) + microseconds(*rc::gen::element(0, 1, 123000, 999999));
}

RC_GTEST_PROP(TimeProperties, AnInstantIsItsText, ()) {
  const Instant instant = any_instant(0, 9999);
  const InstantFormat format{
      .fraction_digits = 6,
      .style = *rc::gen::element(OffsetStyle::z, OffsetStyle::colon, OffsetStyle::compact),
      .offset = minutes(between(-1439, 1440))};
  RC_PRE(in_calendar(instant + format.offset));

  const auto read = parse_instant_as_written(format_instant(instant, format)).value();

  RC_ASSERT(read.instant == instant);
  RC_ASSERT(read.offset == format.offset);
}

RC_GTEST_PROP(TimeProperties, TextOfInstantsSortsAsTheyDo, ()) {
  const Instant a = any_instant(0, 9999);
  const Instant b = *rc::gen::element(any_instant(0, 9999), a + microseconds(1));

  RC_ASSERT((a <=> b) == (format_instant(a, {.fraction_digits = 6}) <=>
                          format_instant(b, {.fraction_digits = 6})));
}

RC_GTEST_PROP(TimeProperties, AnyTextIsReadOrRefused, (const std::string& bytes)) {
  std::string damaged = format_instant(any_instant(0, 9999), {.fraction_digits = 3});
  damaged[between<std::size_t>(0, damaged.size())] = *rc::gen::arbitrary<char>();

  for (const std::string& text : {bytes, damaged}) {
    if (const auto instant = parse_instant(text)) RC_ASSERT(in_calendar(*instant));
    (void)parse_date(text);
    (void)parse_local_time(text);
  }
}

RC_GTEST_PROP(TimeProperties, ADatePatternReadsWhatItWrote, ()) {
  const auto pattern = DatePattern::compile(*rc::gen::element<std::string>(
      "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %I:%M:%S %p", "%A, %B %e, %Y %H.%M.%S", "%a %d-%b-%Y %H%M%S",
      "%S%M%H%d%m%Y"));
  const LocalTime time(std::chrono::floor<seconds>(any_instant(0, 9999)).time_since_epoch());

  RC_ASSERT(pattern.value().parse(pattern.value().format(time)).value() == time);
}

Zone any_zone() {
  static const std::vector<std::string> names = Zone::names();
  RC_ASSERT(names.size() > 300);
  return Zone::find(*rc::gen::resize(100, rc::gen::elementOf(names))).value();
}

/// Bisects for the moment at which the zone's offset changes. REQUIRES: it does, in between.
Instant change_between(const Zone& zone, Instant before, Instant after) {
  const seconds offset = zone.offset_at(before);
  while (after - before > seconds(1)) {
    const Instant middle = before + std::chrono::floor<seconds>((after - before) / 2);
    (zone.offset_at(middle) == offset ? before : after) = middle;
  }
  return after;
}

/// A moment near a change of the clocks, if the zone has one within the year that follows; else
/// any.
Instant near_a_change(const Zone& zone, Instant from) {
  from = std::chrono::floor<seconds>(from);
  for (Instant next = from; next < from + days(365); next += days(10))
    if (zone.offset_at(next) != zone.offset_at(next + days(10)))
      return change_between(zone, next, next + days(10)) + seconds(between(-7200, 7201));
  return from;
}

RC_GTEST_PROP(ZoneProperties, FromUtcToLocalAndBackIsTheSameMomentOrItsTwin, ()) {
  const Zone zone = any_zone();
  const Instant instant = near_a_change(zone, any_instant(1900, 2150));

  const ResolvedTime back = zone.resolve(zone.local(instant));

  RC_CLASSIFY(back.kind == LocalKind::ambiguous);
  RC_ASSERT(back.kind != LocalKind::skipped);  // what clocks showed was shown
  RC_ASSERT(zone.local(back.instant) == zone.local(instant));
  RC_ASSERT(back.instant <= instant);
  if (back.kind == LocalKind::unique) RC_ASSERT(back.instant == instant);
}

RC_GTEST_PROP(ZoneProperties, EveryWallClockTimeMeansAMomentNearby, ()) {
  const Zone zone = any_zone();
  const LocalTime time =
      zone.local(near_a_change(zone, any_instant(1900, 2150))) + minutes(between(-180, 181));

  const ResolvedTime resolved = zone.resolve(time);

  RC_CLASSIFY(resolved.kind == LocalKind::skipped);
  if (resolved.kind == LocalKind::skipped)
    RC_ASSERT(zone.local(resolved.instant) > time);  // moved forward, never back
  else
    RC_ASSERT(zone.local(resolved.instant) == time);
}

RC_GTEST_PROP(ZoneProperties, DaysStartInOrderAndAreTheirOwn, ()) {
  const Zone zone = any_zone();
  const Date date = zone.date_at(near_a_change(zone, any_instant(1900, 2150)));
  const Date next(std::chrono::local_days(date) + days(1));

  const Instant start = zone.start_of(date);

  RC_ASSERT(start <= zone.start_of(next));
  RC_ASSERT(zone.date_at(start) >= date);
  RC_ASSERT(zone.date_at(start - seconds(1)) <= date);
}

}  // namespace
}  // namespace flit
