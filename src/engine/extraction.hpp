#pragma once
/// @file S-01, first half: everything that the source has, into the ledger.
///
/// Each list is read page by page; a page and the place behind it are one transaction, so that a
/// restart goes on where the last page that is on disk ended. Reading a page twice changes nothing.
/// Lists are read side by side, each in sequence, because a cursor is: one lane asks for pages, one
/// takes them into the ledger. Memory: three pages a list.

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/channel.hpp"
#include "base/result.hpp"
#include "engine/environment.hpp"
#include "engine/pacer.hpp"
#include "model/source.hpp"

namespace flit::engine {

struct ExtractionSettings {
  int lanes = 4;  ///< lists read at a time; the pacer decides how many requests that makes
  /// Everything once more: what changed is taken over, what is the same costs nothing, what was
  /// purged at the source stays as it was read.
  bool again = false;
};

struct ExtractedList {
  std::string name;
  bool archived = false;
  std::uint64_t read = 0;  ///< in this run, records and edges
};

/// One page is in the ledger.
struct PageStaged {
  std::string list;
  std::uint64_t records = 0;
  std::uint64_t edges = 0;
  std::uint64_t changed = 0;
  std::uint64_t bytes = 0;
};
Event to_event(const PageStaged& event);

class Extraction {
 public:
  Extraction(Environment& environment, model::SourceReader& source, Pacer& pacer,
             ExtractionSettings settings)
      : environment_(environment), source_(source), pacer_(pacer), settings_(settings) {}

  /// Reads what has not been read yet. The first fault that does not go away stops all lists; what
  /// was staged stays, and the same call goes on from there.
  Result<std::vector<ExtractedList>> run(std::stop_token stop);

 private:
  using Pages = Channel<Result<model::Page>>;

  Result<std::uint64_t> read_list(const model::Listing& listing, std::stop_token stop);
  void read_ahead(const model::Listing& listing, std::optional<model::Cursor> place, Pages& pages,
                  std::stop_token stop);
  Result<std::uint64_t> stage_all(const model::Listing& listing, const std::string& stream,
                                  Pages& pages, std::stop_token stop);
  Result<std::optional<model::Cursor>> next_place(const std::string& stream, bool& finished) const;
  Result<void> stage(const model::Listing& listing, const std::string& stream,
                     const model::Page& page);

  Environment& environment_;
  model::SourceReader& source_;
  Pacer& pacer_;
  ExtractionSettings settings_;
};

}  // namespace flit::engine
