#include "base/zone.hpp"

#include <algorithm>

#include <date/tz.h>
#include <fmt/format.h>

#include "base/check.hpp"
#include "base/edit_distance.hpp"
#include "base/excerpt.hpp"

namespace flit {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::microseconds;
using std::chrono::seconds;
using std::chrono::sys_days;

constexpr int last_tabulated_year = 2037;  // zic(8), -b fat: where the tables of Debian end

/// Entries of the folder that name the machine's own setting or nothing at all.
bool is_real_name(std::string_view name) {
  return name != "localtime" && name != "posixrules" && name != "Factory";
}

int year_of(sys_days day) {
  return static_cast<int>(Date(day).year());
}

sys_days month_start(int year, unsigned month) {
  return Date(std::chrono::year(year), std::chrono::month(month), std::chrono::day(1));
}

/// How far a day lies after one of the same month, day and weekday that the table still covers.
/// Rules name such days ("the last Sunday in March"), so both are treated alike. Counted from
/// 1 March where that is past: leap years need no calendars of their own then. The latest such day
/// is taken, since a rule may have changed shortly before. January and February of the year after
/// the table are covered as well: no clock is set between its end and then.
days beyond_table(sys_days day) {
  const int year = year_of(day);
  if (year <= last_tabulated_year) return days(0);
  const unsigned month = day >= month_start(year, 3) ? 3 : 1;
  const int latest = month == 3 ? last_tabulated_year : last_tabulated_year + 1;
  for (int like = latest; like > latest - 10; --like) {
    const days distance = month_start(year, month) - month_start(like, month);
    if (distance % days(7) == days(0)) return distance;
  }
  FLIT_CHECK(false,
             "among ten years up to 2037 (2038), 1 March (January) is every day of the week");
  return days(0);
}

/// Whether the table simply ends while clocks are still being changed.
bool goes_on_changing(const date::sys_info& info) {
  const auto begin = std::chrono::sys_seconds(info.begin.time_since_epoch());
  return year_of(floor<days>(begin)) == last_tabulated_year;
}

/// What the table says, and how far away from the day asked about it was looked up.
template <typename Info>
struct Entry {
  Info info;
  days shift{0};
};

Entry<date::sys_info> entry_at(const date::time_zone& zone, Instant instant) {
  const auto info = zone.get_info(instant);
  const days shift = beyond_table(floor<days>(instant));
  if (shift == days(0) || !goes_on_changing(info)) return {info};
  return {zone.get_info(instant - shift), shift};
}

Entry<date::local_info> entry_at(const date::time_zone& zone, LocalTime time) {
  const date::local_time<microseconds> local(time.time_since_epoch());
  const auto info = zone.get_info(local);
  const days shift = beyond_table(sys_days(floor<days>(time.time_since_epoch())));
  if (shift == days(0) || !goes_on_changing(info.first)) return {info};
  return {zone.get_info(local - shift), shift};
}

LocalKind kind_of(const date::local_info& info) {
  if (info.result == date::local_info::ambiguous) return LocalKind::ambiguous;
  return info.result == date::local_info::nonexistent ? LocalKind::skipped : LocalKind::unique;
}

Error unreadable(std::string_view what) {
  return Error{.fault = Fault::setup,
               .message = fmt::format("no usable time zone database: {}", what),
               .remedy = "install the package tzdata"};
}

using Table = std::vector<date::time_zone>;

Result<const Table*> table() try {
  return &date::get_tzdb().zones;
} catch (const std::exception& problem) {
  return unreadable(problem.what());
}

}  // namespace

Result<Zone> Zone::find(std::string_view name) {
  FLIT_TRY(zones, table());
  const auto found = std::ranges::find(*zones, name, &date::time_zone::name);
  if (found == zones->end() || !is_real_name(name))
    return Error{.fault = Fault::setup,
                 .message = fmt::format("found the time zone {}, expected an IANA name such as "
                                        "Europe/Berlin",
                                        excerpt(name)),
                 .remedy = did_you_mean_text(name, names())};
  try {
    (void)found->get_info(Instant());  // reads the zone's file: from here on nothing can fail
  } catch (const std::exception& problem) {
    return unreadable(problem.what());
  }
  return Zone(std::string(name), &*found);
}

std::vector<std::string> Zone::names() {
  std::vector<std::string> names;
  const auto zones = table();
  if (!zones) return names;
  for (const auto& zone : **zones)
    if (is_real_name(zone.name())) names.push_back(zone.name());
  return names;
}

seconds Zone::offset_at(Instant instant) const {
  return entry_at(*zone_, instant).info.offset;
}

LocalTime Zone::local(Instant instant) const {
  return LocalTime(instant.time_since_epoch() + offset_at(instant));
}

ResolvedTime Zone::resolve(LocalTime time) const {
  const auto [info, shift] = entry_at(*zone_, time);
  // Counting with the offset before the change gives the earlier of two moments, and moves a time
  // that was skipped forward by the length of the gap.
  return {Instant(time.time_since_epoch() - info.first.offset), kind_of(info)};
}

Instant Zone::start_of(Date date) const {
  const LocalTime time = midnight(date);
  const auto [info, shift] = entry_at(*zone_, time);
  if (kind_of(info) == LocalKind::skipped)
    return Instant(info.first.end.time_since_epoch()) + shift;  // the moment of the change
  return Instant(time.time_since_epoch() - info.first.offset);
}

}  // namespace flit
