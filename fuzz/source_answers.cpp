// A source may answer anything: what is made of it are records with an id and a JSON payload, a
// schema, facts, or an error that can be shown and tells no credential. The first byte chooses what
// is asked, then comes one answer a line.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/json_reader.hpp"
#include "fuzz/promise.hpp"
#include "fuzz/scripted_answers.hpp"
#include "packs/library.hpp"
#include "sources/rest/source.hpp"

namespace {

using namespace flit;  // NOLINT(google-build-using-namespace)
using flit::fuzz::promise;
using sources::rest::RestSource;

constexpr std::string_view credential = "int_pat_secret";

/// Interactive's, or with numbered pages as other sources have them.
sources::rest::RestSpec interactive(bool numbered) {
  const auto library = packs::Library::read(packs::shipped_files());
  auto spec = sources::rest::read_spec(**library->source("interactive"), yaml::Node());
  spec->base_url = "https://crm.test/api/v1";
  if (numbered) spec->paging.kind = sources::rest::Paging::Kind::page;
  return *spec;
}

template <typename T>
bool came(const Result<T>& answer) {
  if (answer) return true;
  const std::string text = answer.error().text();
  promise(!text.empty(), "an error can be shown");
  promise(text.find(credential) == std::string::npos, "and tells no credential");
  return false;
}

void check(const model::Page& page) {
  for (const model::Record& record : page.records) {
    promise(!record.key.id.empty(), "a record has an id");
    const auto payload = json::parse(record.payload);
    promise(payload.has_value() && payload->root().is_object(), "and a JSON object as payload");
  }
  for (const model::Edge& edge : page.edges)
    promise(!edge.from_id.empty() && !edge.to_id.empty(), "an edge has two ends");
}

void read(RestSource& source, const model::Listing& listing) {
  std::optional<model::Cursor> at;
  for (int pages = 0; pages < 5; ++pages) {
    const auto page = source.read(listing, at, {});
    if (!came(page)) return;
    check(*page);
    if (!page->next) return;
    at = page->next;
  }
}

void ask(RestSource& source, std::uint8_t what) {
  switch (what % 8) {
    case 0:
      return read(source, {.name = "contacts"});
    case 1:
      return read(source, {.name = "deals", .changed_since = Instant(std::chrono::hours(480'000))});
    case 2:
      return read(source, {.name = "contacts→companies"});
    case 3:
      return read(source, {.name = "workflows"});
    case 4:
      return read(source, {.name = "clause_library"});
    case 5:
      return static_cast<void>(came(source.facts({})));
    case 6:
      return static_cast<void>(came(source.describe({})));
    default:
      return static_cast<void>(came(source.listings({})));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const sources::rest::RestSpec cursors = interactive(false);
  static const sources::rest::RestSpec numbers = interactive(true);
  static const ManualClock clock;
  fuzz::ScriptedAnswers answers({reinterpret_cast<const char*>(data) + 1, size - 1});
  const bool numbered = (data[0] & 8U) != 0;
  const auto source = RestSource::open(answers, clock, numbered ? numbers : cursors,
                                       Secret(std::string(credential)));
  promise(source.has_value(), "the source can be opened");
  ask(**source, data[0]);
  return 0;
}
