#include "tests/support/source_conformance.hpp"

#include <gtest/gtest.h>

namespace flit::test {
namespace {

constexpr int most_pages = 100'000;  // a list that does not end by then is a bug of the source

std::string text_of(const model::Page& page) {
  std::string text;
  for (const model::Record& record : page.records)
    text += record.key.object + " " + record.key.id + (record.archived ? " archived " : " ") +
            record.payload + "\n";
  for (const model::Edge& edge : page.edges)
    text += edge.association + " " + edge.from_id + " " + edge.to_id + " " + edge.label + "\n";
  return text;
}

/// Calls `read` for every page with the place that the page before gave.
std::string walk(
    const std::function<Result<model::Page>(const std::optional<model::Cursor>&)>& read) {
  std::string text;
  std::optional<model::Cursor> at;
  for (int pages = 0; pages < most_pages; ++pages) {
    const auto page = read(at);
    if (!page) {
      ADD_FAILURE() << page.error().text();
      return text;
    }
    text += text_of(*page);
    if (!page->next) return text;
    at = page->next;
  }
  ADD_FAILURE() << "the list does not end";
  return text;
}

}  // namespace

std::string all_pages(model::SourceReader& source, const model::Listing& listing) {
  return walk([&](const auto& at) { return source.read(listing, at, {}); });
}

void expect_resumable(const OpenSource& open, const model::Listing& listing) {
  const std::string whole = all_pages(*open(), listing);

  const std::string resumed = walk([&](const auto& at) {
    const auto once = open()->read(listing, at, {});
    auto twice = open()->read(listing, at, {});
    if (once && twice) {
      EXPECT_EQ(text_of(*once), text_of(*twice)) << listing.name;
    }
    return twice;
  });

  EXPECT_FALSE(whole.empty()) << listing.name << " has nothing to compare";
  EXPECT_EQ(resumed, whole) << listing.name;
}

void expect_stoppable(const OpenSource& open, const model::Listing& listing) {
  const auto source = open();
  std::stop_source stop;
  stop.request_stop();

  const auto stopped = source->read(listing, {}, stop.get_token());

  ASSERT_FALSE(stopped) << listing.name;
  EXPECT_EQ(stopped.error().fault, Fault::cancelled) << stopped.error().text();
  EXPECT_TRUE(source->read(listing, {}, {})) << listing.name;
}

}  // namespace flit::test
