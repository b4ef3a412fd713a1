#include "sources/rest/place.hpp"

#include <algorithm>
#include <bit>
#include <charconv>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/json_writer.hpp"
#include "base/time.hpp"
#include "sources/rest/json_text.hpp"

namespace flit::sources::rest {
namespace {

constexpr std::int64_t version = 1;

void add_instant(json::Writer& writer, std::string_view key, std::optional<Instant> moment) {
  if (moment) writer.member(key, format_instant(*moment, {.fraction_digits = 6}));
}

std::optional<Instant> instant_at(json::Value object, std::string_view key) {
  const auto text = object.find(key).as_string();
  if (!text) return {};
  const Result<Instant> moment = parse_instant(*text);
  return moment ? std::optional(*moment) : std::nullopt;
}

Instant cut(const Incremental& incremental, Instant moment) {
  if (incremental.precision == Incremental::Precision::s)
    return std::chrono::floor<std::chrono::seconds>(moment);
  return std::chrono::floor<std::chrono::milliseconds>(moment);
}

std::int64_t number_of(const std::string& text, std::int64_t fallback) {
  std::int64_t number = fallback;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::optional<Place> next_number(const Paging& paging, int limit, const Place& place,
                                 json::Value body) {
  const std::int64_t page = std::max<std::int64_t>(1, number_of(place.at, 1));
  const std::int64_t total = body.at_path(paging.total_key).as_integer().value_or(0);
  std::int64_t size = limit;
  if (!paging.limit_key.empty())
    size = std::max<std::int64_t>(1, body.at_path(paging.limit_key).as_integer().value_or(limit));
  const bool moved = place.total >= 0 && total != place.total && !place.again;
  Place next = place;
  next.total = total;
  next.again = moved && page > 1;
  // Every number here is a stranger's: divided, because their product may not fit.
  const std::int64_t pages = total > 0 ? (total - 1) / size + 1 : 0;
  const std::int64_t before = next.again ? page - 2 : page;
  if (before >= pages) return {};
  next.at = std::to_string(before + 1);
  return next;
}

}  // namespace

model::Cursor to_cursor(const Place& place) {
  json::Writer writer;
  writer.begin_object().member("v", version).member("at", place.at);
  add_instant(writer, "since", place.since);
  add_instant(writer, "began", place.began);
  add_instant(writer, "seen", place.seen);
  if (place.total >= 0) writer.member("total", place.total);
  if (place.again) writer.member("again", true);
  if (place.restarts > 0) writer.member("restarts", place.restarts);
  if (place.pages > 0) writer.member("pages", place.pages).member("mark", place.mark);
  return model::Cursor(writer.end_object().take());
}

Result<Place> place_of(const model::Cursor& cursor) {
  const auto document = json::parse(cursor.text());
  if (!document || document->root().find("v").as_integer() != version)
    return Error{.fault = Fault::setup,
                 .message = "the place in a list was written by another version",
                 .where = "cursor",
                 .remedy = "Start the inventory again."};
  const json::Value root = document->root();
  return Place{.at = std::string(root.find("at").string_or("")),
               .since = instant_at(root, "since"),
               .began = instant_at(root, "began"),
               .seen = instant_at(root, "seen"),
               .total = std::max<std::int64_t>(-1, root.find("total").as_integer().value_or(-1)),
               .again = root.find("again").as_boolean().value_or(false),
               .restarts = std::clamp<std::int64_t>(root.find("restarts").as_integer().value_or(0),
                                                    0, most_restarts),
               .pages = std::max<std::int64_t>(0, root.find("pages").as_integer().value_or(0)),
               .mark = std::string(root.find("mark").string_or(""))};
}

Place first_place(const Incremental& incremental, std::optional<Instant> changed_since) {
  Place place;
  if (!changed_since) return place;
  place.since = cut(incremental, *changed_since - std::chrono::seconds(incremental.overlap_s));
  if (!incremental.inclusive) *place.since -= std::chrono::seconds(1);
  return place;
}

Place restarted(const Incremental& incremental, const Place& place) {
  Place first{.since = place.since,
              .began = place.began,
              .seen = place.seen,
              .restarts = place.restarts + 1};
  if (place.since && place.seen)
    first.since = std::max(*place.since, cut(incremental, *place.seen));
  return first;
}

std::optional<Place> next_place(const Paging& paging, int limit, const Place& place,
                                json::Value body) {
  if (paging.kind == Paging::Kind::page) return next_number(paging, limit, place, body);
  const std::string at = text_of(body.at_path(paging.next_key));
  if (at.empty()) return {};
  Place next = place;
  next.at = at;
  return next;
}

Result<void> notice_circle(std::string_view body, Place& next) {
  const std::string page = fmt::format("{:016x}", hash64(body, hash64(next.at)));
  if (page == next.mark)
    return Error{.fault = Fault::transient,
                 .message = fmt::format("the source gives a page that it has given before (page {} "
                                        "of the list): it would never end",
                                        next.pages + 1),
                 .remedy = "Check source.paging; something between may answer from a cache"};
  ++next.pages;
  if (std::has_single_bit(static_cast<std::uint64_t>(next.pages))) next.mark = page;
  return {};
}

void append_paging(const RestSpec& spec, int limit, const Place& place, Query& query) {
  const auto add = [&query](const std::string& name, std::string value) {
    query.push_back({name, {std::move(value)}});
  };
  add(spec.paging.limit_param, std::to_string(limit));
  if (spec.paging.kind == Paging::Kind::page)
    add(spec.paging.page_param, place.at.empty() ? "1" : place.at);
  else if (!place.at.empty())
    add(spec.paging.cursor_param, place.at);
  if (!place.since) return;
  const int digits = spec.incremental.precision == Incremental::Precision::s ? 0 : 3;
  add(spec.incremental.param, format_instant(*place.since, {.fraction_digits = digits}));
}

}  // namespace flit::sources::rest
