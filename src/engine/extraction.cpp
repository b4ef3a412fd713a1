#include "engine/extraction.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>

#include "base/lanes.hpp"
#include "base/watched.hpp"
#include "store/notebook.hpp"

namespace flit::engine {
namespace {

// What a checkpoint of a list says: "done", or "at " and the cursor of the next page.
constexpr std::string_view done = "done";
constexpr std::string_view at = "at ";

constexpr std::string_view streams = "extract ";

std::string stream_of(const model::Listing& listing) {
  return std::string(streams) + listing.name + (listing.archived ? " (archived)" : "");
}

/// The lists, shared by the lanes: which is to be read next, and how those before it went.
class Lists {
 public:
  Lists(Executor& executor, std::span<const model::Listing> listings)
      : listings_(listings), progress_(executor, "extraction") {}

  /// Null: all are taken, or one has failed.
  const model::Listing* take() {
    const std::size_t next =
        progress_.change([](Progress& p) { return p.failed ? SIZE_MAX : p.next++; });
    return next < listings_.size() ? &listings_[next] : nullptr;
  }

  void note(const model::Listing& listing, const Result<std::uint64_t>& read) {
    progress_.change([&](Progress& p) {
      if (read)
        p.finished.push_back({listing.name, listing.archived, *read});
      else if (!p.failed)
        p.failed = Error(read.error()).during("reading " + listing.name);
    });
  }

  /// By name; the first failure, if there was one.
  Result<std::vector<ExtractedList>> finished() {
    return progress_.change([](Progress& p) -> Result<std::vector<ExtractedList>> {
      if (p.failed) return *p.failed;
      std::sort(p.finished.begin(), p.finished.end(),
                [](const ExtractedList& a, const ExtractedList& b) {
                  return std::tie(a.name, a.archived) < std::tie(b.name, b.archived);
                });
      return std::move(p.finished);
    });
  }

 private:
  struct Progress {
    std::size_t next = 0;
    std::vector<ExtractedList> finished{};
    std::optional<Error> failed{};
  };

  std::span<const model::Listing> listings_;
  Watched<Progress> progress_;
};

}  // namespace

Event to_event(const PageStaged& event) {
  return Event("page_staged", Level::debug)
      .label("list", event.list)
      .count("records", static_cast<std::int64_t>(event.records))
      .count("edges", static_cast<std::int64_t>(event.edges))
      .count("changed", static_cast<std::int64_t>(event.changed))
      .count("bytes", static_cast<std::int64_t>(event.bytes));
}

Result<std::vector<ExtractedList>> Extraction::run(std::stop_token stop) {
  if (settings_.again)
    FLIT_TRY_VOID(environment_.ledger.commit([&](store::sql::Connection& transaction) {
      return store::forget_checkpoints(transaction, streams);
    }));
  const auto listings = pacer_.call<std::vector<model::Listing>>(
      Repeat::reads, stop, [&] { return source_.listings(stop); });
  if (!listings) return Error(listings.error()).during("asking the source for its lists");

  Lists lists(environment_.executor, *listings);
  Lanes lanes(environment_.executor, "extraction", stop);
  const int count = std::min(settings_.lanes, static_cast<int>(listings->size()));
  for (int lane = 0; lane < count; ++lane)
    lanes.spawn("extract " + std::to_string(lane), [&](std::stop_token lane_stop) {
      while (const model::Listing* mine = lists.take()) {
        const Result<std::uint64_t> read = read_list(*mine, lane_stop);
        lists.note(*mine, read);
        if (!read) lanes.request_stop();
      }
    });
  lanes.join();
  return lists.finished();
}

Result<std::optional<model::Cursor>> Extraction::next_place(const std::string& stream,
                                                            bool& finished) const {
  std::optional<std::string> value;
  const Result<void> read =
      environment_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found, store::checkpoint(reader, stream));
        value = std::move(found);
        return {};
      });
  if (!read) return Error(read.error());
  finished = value == done;
  if (!value || finished) return std::optional<model::Cursor>();
  return std::optional(model::Cursor(value->substr(at.size())));
}

/// While a page goes into the ledger the next one is asked for.
Result<std::uint64_t> Extraction::read_list(const model::Listing& listing, std::stop_token stop) {
  const std::string stream = stream_of(listing);
  bool finished = false;
  FLIT_TRY(place, next_place(stream, finished));
  if (finished) return std::uint64_t{0};
  Pages pages(environment_.executor, "pages of " + listing.name, 1);
  Lanes reader(environment_.executor, "reading " + listing.name, stop);
  reader.spawn("read " + listing.name, [&](std::stop_token lane_stop) {
    read_ahead(listing, place, pages, std::move(lane_stop));
  });
  const Result<std::uint64_t> read = stage_all(listing, stream, pages, std::move(stop));
  reader.request_stop();
  reader.join();
  return read;
}

/// An error is handed on as the last page.
void Extraction::read_ahead(const model::Listing& listing, std::optional<model::Cursor> place,
                            Pages& pages, std::stop_token stop) {
  while (true) {
    Result<model::Page> page = pacer_.call<model::Page>(
        Repeat::reads, stop, [&] { return source_.read(listing, place, stop); });
    if (page) place = page->next;
    const bool last = !page || !place;
    if (pages.push(std::move(page), {stop}) != Passage::done) return;
    if (last) return pages.close();
  }
}

Result<std::uint64_t> Extraction::stage_all(const model::Listing& listing,
                                            const std::string& stream, Pages& pages,
                                            std::stop_token stop) {
  std::uint64_t read = 0;
  while (true) {
    const auto popped = pages.pop({stop});
    if (popped.passage == Passage::closed) return read;
    if (popped.passage != Passage::done)
      return Error{.fault = Fault::cancelled, .message = "stopped while reading " + listing.name};
    const Result<model::Page>& page = *popped.item;
    if (!page) return Error(page.error());
    FLIT_TRY_VOID(stage(listing, stream, *page));
    read += page->records.size() + page->edges.size();
  }
}

Result<void> Extraction::stage(const model::Listing& listing, const std::string& stream,
                               const model::Page& page) {
  PageStaged event{.list = listing.name,
                   .records = page.records.size(),
                   .edges = page.edges.size(),
                   .bytes = page.bytes};
  const Instant now = environment_.clock().now();
  Result<void> committed =
      environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
        FLIT_TRY(counts, environment_.books.staging.put(transaction, page.records));
        event.changed = counts.changed;
        FLIT_TRY_VOID(environment_.books.staging.put_edges(transaction, page.edges));
        const std::string value =
            page.next ? std::string(at) + page.next->text() : std::string(done);
        return store::put_checkpoint(transaction, stream, value, now);
      });
  if (!committed) return committed;
  emit(environment_.events, event);
  return {};
}

}  // namespace flit::engine
