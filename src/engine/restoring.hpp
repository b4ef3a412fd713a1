#pragma once
/// @file S-10, rows that were there before us: their old values put back.
///
/// Of several before-images of a row the oldest of each column counts. A row that somebody else
/// wrote since is kept as it is; one that already holds the old values is done, so a restart
/// repeats nothing. The write carries the version that was looked at. A row that we closed is
/// opened first, because closed rows take no values (facts/dataverse.md §12). One per lane: not
/// thread-safe.

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/removal.hpp"
#include "engine/row_image.hpp"

namespace flit::engine {

class ChunkRestorer {
 public:
  explicit ChunkRestorer(UndoParts parts);

  /// Assignments of one table whose verdict is update.
  Result<UndoCounts> restore(std::span<const store::Assignment> chunk, std::stop_token stop);

 private:
  struct Old {
    const store::Assignment* assignment = nullptr;
    RowImage image{};    ///< as it was
    RowImage current{};  ///< as it is; the same columns
    std::string version{};
    std::string editor{};
    bool found = false;
    bool sent = false;
    std::string reason{};
    std::string detail{};
  };

  Result<void> gather(std::span<const store::Assignment> chunk);
  Result<void> look(std::stop_token stop);
  Result<void> judge();
  Result<void> reopen(std::stop_token stop);
  Result<void> write_back(std::stop_token stop);
  Result<void> look_at_refusals(std::stop_token stop);
  Result<void> send(const std::vector<Old*>& rows, model::RecordBatch& batch, std::stop_token stop);
  std::vector<std::string> all_columns(bool with_state) const;

  UndoParts parts_;
  store::Undoing undoing_;
  model::Arena arena_;
  std::string table_;
  std::vector<Old> rows_;
};

}  // namespace flit::engine
