#pragma once
/// @file The associations of a chunk of records, each with whether what it leads to is still there.
///
/// Takes the connection of Ledger::read(). Archived edges are no edges any more and not shown.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "store/names.hpp"
#include "store/sql.hpp"

namespace flit::store {

/// An edge as it is seen from one of its ends.
struct NearEdge {
  std::int64_t seq = 0;
  std::size_t place = 0;  ///< of the record in the list that was asked about
  std::string to_id{};    ///< the record at the other end
  std::string label{};
  bool primary = false;
  bool live = false;  ///< the record at the other end exists and is not archived
};

class Edges {
 public:
  explicit Edges(Names& names) : names_(names) {}

  struct Ask {
    std::string_view association;  ///< "contacts→companies": the records asked about are contacts
    std::span<const std::string> ids;
  };

  /// All edges of these records, record by record, in the order that decides about primaries
  /// (facts/sources.md §1.6): created, then the lower id. An association that the source lists from
  /// its other end ("companies→contacts") is read from there.
  Result<void> of(sql::Connection& reader, const Ask& ask,
                  const std::function<Result<void>(const NearEdge&)>& visit) const;

  /// Records that are live while what they are associated with is archived or not there:
  /// visit(object, id), once for each such edge, at most `limit` of those with seq > after.
  /// Returns the last one's seq; 0: that was all.
  using VisitEnd = std::function<Result<void>(std::string_view, std::string_view)>;
  Result<std::int64_t> dangling(sql::Connection& reader, std::string_view association,
                                std::int64_t after, std::int64_t limit,
                                const VisitEnd& visit) const;

 private:
  Names& names_;
};

/// The two ends of "deals→companies"; the second is empty when it is no association.
std::pair<std::string_view, std::string_view> ends_of(std::string_view association);

}  // namespace flit::store
