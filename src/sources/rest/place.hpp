#pragma once
/// @file Where in a list we are: what a model::Cursor of this connector means.
///
/// The text holds all that another process needs to go on (JSON with a version): the source's own
/// cursor or a page number, the time since which changes are asked for (a source binds its cursors
/// to it), when the pass began, and how far it had come, so that a cursor that has expired costs a
/// step back and not the pass. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "model/record.hpp"
#include "sources/rest/spec.hpp"

namespace flit::sources::rest {

struct Place {
  std::string at{};  ///< cursor or page number; empty: the first page
  std::optional<Instant> since{};
  std::optional<Instant> began{};  ///< by the server's clock; only with `since`
  std::optional<Instant> seen{};   ///< the latest change read so far; only with `since`
  std::int64_t total = -1;         ///< numbered pages: how many records there were
  bool again = false;              ///< numbered pages: this page is read a second time
  std::int64_t restarts = 0;       ///< how often a cursor had expired in this pass
  std::int64_t pages = 0;          ///< cursors: how many were read
  std::string mark{};              ///< cursors: a page that must not come again

  bool operator==(const Place&) const = default;
};

model::Cursor to_cursor(const Place& place);

/// Fault::setup: the text is not of this version.
Result<Place> place_of(const model::Cursor& cursor);

/// The start of a pass over what changed since then, minus the pack's overlap, cut to what the
/// source compares.
Place first_place(const Incremental& incremental, std::optional<Instant> changed_since);

/// A source that refuses its own cursors so often in one pass would never let it end.
inline constexpr std::int64_t most_restarts = 5;

/// The start of a pass whose cursor has expired: from the last change that was seen, or from the
/// front. What is read twice is harmless.
Place restarted(const Incremental& incremental, const Place& place);

/// The page behind this one; none: the list ends here. With numbered pages a change of the total
/// means that records have moved, so the page before is read again (facts/sources.md §2.2).
std::optional<Place> next_place(const Paging& paging, int limit, const Place& place,
                                json::Value body);

/// Counts the page that leads to `next`. Fault::transient: it was given before, so the list would
/// never end. Finds circles of any length by comparing with one page, which is replaced after 1, 2,
/// 4 … pages (Brent). A page is its whole body: some sources give one cursor for all pages.
Result<void> notice_circle(std::string_view body, Place& next);

/// Adds the parameters that ask for the page at `place`.
void append_paging(const RestSpec& spec, int limit, const Place& place, Query& query);

}  // namespace flit::sources::rest
