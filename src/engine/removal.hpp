#pragma once
/// @file S-10, rows that we created: which may be deleted, and deleting them.
///
/// A row goes only while it is nobody's but ours: whoever wrote it last is us, and no row that a
/// deletion would take along or cut loose belongs to anybody else. The platform's own companions of
/// our rows carry our name and fall with them. Intent before effect, and only if the row still is
/// what was looked at. What stays over there is kept on record with its reason. The remaining
/// window, a row attached between the question and the deletion, is a request long. One per lane:
/// not thread-safe.

#include <cstdint>
#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/migration.hpp"
#include "store/undoing.hpp"

namespace flit::engine {

/// The names under which we have written (Before::authors).
using Authors = std::vector<std::string>;

struct UndoCounts {
  std::uint64_t deleted = 0;
  std::uint64_t restored = 0;
  std::uint64_t gone = 0;  ///< were not there (any more)
  std::uint64_t kept = 0;
  std::uint64_t waiting = 0;  ///< rows of ours that hang on them are not deleted yet
  std::uint64_t requests = 0;
  UndoCounts& operator+=(const UndoCounts& other);
};

/// What a process that takes back needs to know.
struct UndoParts {
  const Migration& migration;
  const Authors& authors;
  std::string stream;  ///< of the journal: "lane 3"
  bool final = false;  ///< rows that still wait are kept
};

class ChunkRemover {
 public:
  explicit ChunkRemover(UndoParts parts);

  /// Assignments of one table whose verdict is create.
  Result<UndoCounts> remove(std::span<const store::Assignment> chunk, std::stop_token stop);

 private:
  /// A row as it stands now.
  struct Standing {
    const store::Assignment* assignment = nullptr;
    std::string version{};
    std::string editor{};
    bool found = false;
    bool waits = false;
    std::string reason{};  ///< why it is kept; empty: it goes
    std::string detail{};
  };

  Result<void> look(std::span<const store::Assignment> chunk, std::stop_token stop);
  Result<void> ask_dependents(std::stop_token stop);
  Result<void> weigh(const model::Dependent& dependent, Standing& parent);
  Result<void> send(std::span<Standing*> rows, std::stop_token stop);
  Result<void> write_down(UndoCounts& counts);
  bool is_ours(const std::string& editor) const;
  bool is_companion(const model::Dependent& dependent) const;

  UndoParts parts_;
  store::Undoing undoing_;
  std::string table_;
  std::vector<Standing> standing_;
  std::map<std::string, Standing*> by_id_;
};

}  // namespace flit::engine
