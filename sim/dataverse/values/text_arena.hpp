#pragma once
/// @file Keeps texts alive for views: what a cell computed or converted points into.

#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace flit::sim::dataverse {

class TextArena {
 public:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  void clear() { texts_.clear(); }

 private:
  std::deque<std::string> texts_;  // references stay valid when it grows
};

}  // namespace flit::sim::dataverse
