#pragma once
/// @file What is to be done, read chunk by chunk: assignments together with the records they are
/// for.
///
/// One statement a chunk instead of several a record, because planning and loading pass through
/// everything that a source has. Takes the connection of Ledger::read().

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "store/assignments.hpp"
#include "store/names.hpp"
#include "store/sql.hpp"
#include "store/staging.hpp"

namespace flit::store {

class Worklist {
 public:
  explicit Worklist(Names& names) : names_(names) {}

  using Visit = std::function<Result<void>(const StagedRecord&, Assignment)>;

  /// At most `limit` records of one object with seq > after, ascending, each with its primary
  /// assignment.
  Result<void> scan(sql::Connection& reader, std::string_view object, std::int64_t after,
                    std::int64_t limit, const Visit& visit) const;

  struct Item {
    std::size_t place;  ///< in the assignments that were asked for
    const StagedRecord& staged;
    bool cut;  ///< its edge to its parent would close a cycle (store/hierarchies.hpp)
  };

  /// The records of these assignments, in their order. REQUIRES: each is of a source record.
  Result<void> fetch(sql::Connection& reader, std::span<const Assignment> assignments,
                     const std::function<Result<void>(const Item&)>& visit) const;

 private:
  Names& names_;
};

}  // namespace flit::store
