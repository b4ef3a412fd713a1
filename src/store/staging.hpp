#pragma once
/// @file What the source said: its records and edges, kept as they came.
///
/// Staging a page twice is harmless: a record is known by its object and id, and an unchanged one
/// costs a hash comparison. Records keep the number (seq) of their first sight, which orders every
/// later pass. Writers take the connection of a Ledger transaction; readers that of Ledger::read().

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/record.hpp"
#include "model/source.hpp"
#include "store/names.hpp"
#include "store/sql.hpp"

namespace flit::store {

struct StagedRecord {
  std::int64_t seq = 0;
  model::Record record;
};

/// What a pass over a page found out.
struct StagedCounts {
  std::uint64_t added = 0;
  std::uint64_t changed = 0;
  std::uint64_t unchanged = 0;
};

class Staging {
 public:
  explicit Staging(Names& names) : names_(names) {}

  Result<StagedCounts> put(sql::Connection& transaction, std::span<const model::Record> records);
  Result<void> put_edges(sql::Connection& transaction, std::span<const model::Edge> edges);

  using Visit = std::function<Result<void>(const StagedRecord&)>;

  /// At most `limit` records of one object with seq > after, ascending. One at a time, so any
  /// number.
  Result<void> scan(sql::Connection& reader, std::string_view object, std::int64_t after,
                    std::int64_t limit, const Visit& visit) const;

  Result<std::optional<StagedRecord>> find(sql::Connection& reader, std::string_view object,
                                           std::string_view id) const;

  /// Edges that start (end) at a record, in the order (created, to id), which decides about
  /// primaries (facts/sources.md §1.6).
  Result<std::vector<model::Edge>> edges_from(sql::Connection& reader, std::string_view association,
                                              std::string_view id) const;
  Result<std::vector<model::Edge>> edges_to(sql::Connection& reader, std::string_view association,
                                            std::string_view id) const;

  Result<std::uint64_t> count(sql::Connection& reader, std::string_view object) const;

 private:
  static Result<std::vector<model::Edge>> collect(sql::Use edges, std::string_view association);

  Names& names_;
};

}  // namespace flit::store
