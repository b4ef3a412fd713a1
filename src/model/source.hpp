#pragma once
/// @file The faces of a source: what it holds, and its records page by page.
///
/// A connector speaks one protocol. It never maps, stages, paces, retries or sleeps: it reports a
/// Fault and the engine decides. Every call may block, may be made from any thread, and returns
/// Fault::cancelled within one second of `stop` being requested. Nothing here writes: a source is
/// read only. Implementations live in src/sources; the engine sees only this file.

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "model/record.hpp"
#include "model/schema.hpp"

namespace flit::model {

/// What these credentials can reach, endpoint by endpoint (G-INT-4, G-LEAF-1).
struct Reach {
  enum class Verdict { ok, partial, forbidden, absent };
  std::string endpoint;
  Verdict verdict = Verdict::ok;
  std::string detail{};  ///< the missing scope, the module that is off
};

struct SourceFacts {
  std::string account{};
  std::string account_id{};  ///< empty where the source has none
  std::string time_zone{};
  std::string currency{};
  std::string locale{};
  std::string edition{};
  std::vector<Reach> reach{};
};

class SourceSchema {
 public:
  virtual ~SourceSchema() = default;
  virtual Result<SourceFacts> facts(std::stop_token stop) = 0;
  /// Objects, fields and types these credentials can see, as the platform describes them today.
  virtual Result<Schema> describe(std::stop_token stop) = 0;
};

/// One association between two source records.
struct Edge {
  std::string association;  ///< "contacts→companies"
  std::string from_id;
  std::string to_id;
  std::string label{};  ///< empty: none
  bool primary = false;
  bool archived = false;
  std::string attributes = "{}";  ///< JSON object
  std::optional<Instant> created_at{};
};

/// Some records or edges, and the place from which to read on. No `next`: the list is exhausted.
struct Page {
  std::vector<Record> records{};
  std::vector<Edge> edges{};
  std::optional<Cursor> next{};
  std::uint64_t bytes = 0;  ///< on the wire, for rates
};

/// A list that can be read in pages: an object, its archived records, an association, the owners.
struct Listing {
  std::string name;  ///< "contacts", "contacts→companies", "owners"
  bool archived = false;
  std::optional<Instant> changed_since{};  ///< empty: everything
};

class SourceReader {
 public:
  virtual ~SourceReader() = default;

  /// Every list that a complete extraction reads, parents before children where the source says so.
  virtual Result<std::vector<Listing>> listings(std::stop_token stop) = 0;

  /// One page; no cursor starts the list. Reading a cursor twice is harmless and loses no record
  /// that still exists: after a crash the engine does exactly that.
  virtual Result<Page> read(const Listing& listing, const std::optional<Cursor>& from,
                            std::stop_token stop) = 0;
};

/// Receives a file's bytes piece by piece; an error ends the transfer and is returned.
using ByteSink = std::function<Result<void>(std::string_view)>;

class SourceFiles {
 public:
  virtual ~SourceFiles() = default;
  /// Streams one file from byte `offset` on (resuming after a cut).
  virtual Result<void> download(std::string_view file_id, std::uint64_t offset,
                                const ByteSink& sink, std::stop_token stop) = 0;
};

}  // namespace flit::model
