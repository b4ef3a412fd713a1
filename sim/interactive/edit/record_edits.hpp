#pragma once
/// @file Edits of one record, and how a list of edits is taken back when one of them fails.

#include <functional>
#include <vector>

#include "sim/interactive/edit/edits.hpp"

namespace flit::sim::interactive {

/// Steps that put things back, run newest first.
class Undo {
 public:
  void add(std::function<void()> step) { steps_.push_back(std::move(step)); }
  void keep(EdgeTable& table);
  void run();

 private:
  std::vector<std::function<void()>> steps_;
};

/// create, update, delete, purge, archive, restore, merge; the id of the record.
Result<std::string> edit_record(const Editing& editing, json::Value edit, Undo& undo);

/// After an edge to an engagement has come or gone: `last_activity_at` of the other end.
void refresh_activity(Dataset& data, const EdgeTable& table, std::uint64_t from, std::uint64_t to);

}  // namespace flit::sim::interactive
