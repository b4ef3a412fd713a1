#pragma once
/// @file What was deleted and when: the part of change tracking that the rows cannot tell.
///
/// Fact sheet §13: delta answers list deletions for the days that the organization keeps them.

#include <cstdint>
#include <deque>

#include "base/uuid.hpp"

namespace flit::sim::dataverse {

struct Deletion {
  std::uint16_t table = 0;
  Uuid id{};
  std::uint64_t version = 0;
  std::int64_t when = 0;  ///< seconds
};

class ChangeLog {
 public:
  void note(Deletion deletion) { deletions_.push_back(deletion); }
  void forget_last() { deletions_.pop_back(); }
  void forget_before(std::int64_t when) {
    while (!deletions_.empty() && deletions_.front().when < when) deletions_.pop_front();
  }
  const std::deque<Deletion>& deletions() const { return deletions_; }
  void clear() { deletions_.clear(); }

 private:
  std::deque<Deletion> deletions_;
};

}  // namespace flit::sim::dataverse
