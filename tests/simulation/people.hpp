#pragma once
/// @file People who work in the destination while a migration runs, and what may be asked of it
/// then.
///
/// They edit rows, attach rows to others, make rows and delete rows: everybody's, also the
/// migration's, before, between and behind its requests. What they did is found by comparing what
/// is over there before and after, so the platform's cascades are theirs too. The oracle: nothing
/// of it is overwritten or deleted; the rollback keeps exactly the rows that they changed, those
/// that theirs refer to and what these refer to, lists them all, and leaves the rest as if only
/// people had been there.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "picture.hpp"

namespace flit::test {

/// A row that the rollback says it left.
using KeptRows = std::map<RowKey, std::string>;  ///< and the reason's code

class People {
 public:
  /// `before`: what was there before the migration began.
  People(World& world, const Picture& before, std::uint64_t seed);

  /// From now on they attach and delete nothing. From the rollback on: between its question what
  /// hangs on a row and the deletion a request's length remains (engine/removal.hpp), and what is
  /// kept for a reason stays kept when the reason goes.
  void grow_quiet() { quiet_ = true; }

  /// At the boundary of a request: sometimes something. What was done, for the story; empty: none.
  std::string perhaps(std::uint64_t one_in);

  bool did_something() const { return !edited_.empty() || !made_.empty() || !deleted_.empty(); }

  /// What is wrong with what is there before the rollback, beside `undisturbed`; empty: nothing.
  std::string check_there(const Picture& undisturbed) const;
  /// What is wrong behind the rollback.
  std::string check_back(const KeptRows& kept) const;

 private:
  std::string act();
  std::string edit(const Picture& now);
  std::string attach(const Picture& now);
  std::string remove(const Picture& now);
  std::string make();
  std::string apply(const std::string& what, const std::string& edit);
  void note(const Picture& before, const Picture& after);
  void note_change(const RowKey& key, const PicturedRow& before, const PicturedRow& after);
  const RowKey* any_of(const Picture& now, const std::set<std::string_view>& tables);
  Cells as_people_left(const RowKey& key, Cells cells) const;
  std::string lost(const Picture& now, const KeptRows& kept) const;
  std::set<RowKey> touched(const Picture& undisturbed) const;
  std::string left_over(const Picture& now, const KeptRows& kept,
                        const std::set<RowKey>& roots) const;
  std::string changed_before(const Picture& now, const KeptRows& kept) const;

  World& world_;
  const Picture& before_;
  Random random_;
  bool quiet_ = false;
  int left_;  ///< deeds
  std::uint64_t deeds_ = 0;

  std::set<RowKey> edited_{};
  std::set<RowKey> made_{};
  std::set<RowKey> deleted_{};
  std::map<RowKey, Cells> cells_{};  ///< as they left them; empty text: no value
};

}  // namespace flit::test
