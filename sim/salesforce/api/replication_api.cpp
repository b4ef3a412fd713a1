// What changed and what was deleted in a window of time (fact sheet §8): sobjects/X/updated,
// deleted.

#include <fmt/format.h>

#include "base/time.hpp"
#include "sim/salesforce/api/session.hpp"
#include "sim/salesforce/schema/cell_text.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::int64_t ms_per_day = 86'400'000;
constexpr std::size_t most_ids = 600'000;

struct Window {
  std::int64_t start = 0;
  std::int64_t end = 0;
};

Refusal bad_date(std::string message) {
  return {.code = "INVALID_REPLICATION_DATE", .message = std::move(message)};
}

/// Seconds are cut off at both ends.
Answer<std::int64_t> minute(const ApiCall& call, std::string_view name) {
  const auto instant = parse_instant(call.parameter(name).value_or(""));
  if (!instant)
    return refuse("INVALID_REPLICATION_DATE", fmt::format("{}: not a date and time", name));
  return epoch_ms(*instant) / 60'000 * 60'000;
}

Answer<Window> window_of(const ApiCall& call, std::int64_t now, bool deleted) {
  FLIT_TRY(start, minute(call, "start"));
  FLIT_TRY(end, minute(call, "end"));
  if (start >= end || (deleted && end - start <= 60'000))
    return refuse(bad_date("start date must be more than one minute before the end date"));
  if (start < now - (deleted ? 15 : 30) * ms_per_day)
    return refuse(bad_date("start date is too far in the past"));
  return Window{start, end};
}

std::string datetime(std::int64_t ms) {
  std::string text = "\"";
  append_datetime(text, ms, "+0000");
  return text + "\"";
}

Answer<ApiReply> updated(const Session& session, const Object& object) {
  FLIT_TRY(window, window_of(session.call, session.org.now_ms(), false));
  std::string ids;
  std::size_t count = 0;
  if (const RecordTable* table = session.org.store->find_table(object))
    table->each([&](const Row& row) {
      if (!row.is_live() || row.head.stamp_ms < window.start || row.head.stamp_ms >= window.end)
        return true;
      ids += fmt::format("{}\"{}\"", count++ == 0 ? "" : ",", row.head.id.text());
      return count <= most_ids;
    });
  if (count > most_ids) return refuse("EXCEEDED_ID_LIMIT", "too many ids in the window");
  return ApiReply::json(200, fmt::format(R"({{"ids":[{}],"latestDateCovered":{}}})", ids,
                                         datetime(std::min(window.end, session.org.now_ms()))));
}

Answer<ApiReply> deleted(const Session& session, const Object& object) {
  FLIT_TRY(window, window_of(session.call, session.org.now_ms(), true));
  std::string records;
  if (const RecordTable* table = session.org.store->find_table(object))
    table->each([&](const Row& row) {
      const std::int64_t at = row.head.deleted_ms;
      if (row.is_live() || at < window.start || at >= window.end) return true;
      records += fmt::format(R"({}{{"id":"{}","deletedDate":{}}})", records.empty() ? "" : ",",
                             row.head.id.text(), datetime(at));
      return true;
    });
  const std::int64_t earliest = session.org.now_ms() - 15 * ms_per_day;
  return ApiReply::json(
      200, fmt::format(
               R"({{"deletedRecords":[{}],"earliestDateAvailable":{},"latestDateCovered":{}}})",
               records, datetime(earliest), datetime(std::min(window.end, session.org.now_ms()))));
}

}  // namespace

ApiReply replication_api(Session& session, const Object& object) {
  if (!object.flags.replicateable)
    return ApiReply::refused(does_not_support(object, "replication"));
  auto reply =
      session.call.segment(2) == "updated" ? updated(session, object) : deleted(session, object);
  return reply ? std::move(*reply) : ApiReply::refused(reply.error());
}

}  // namespace flit::sim::salesforce
