#pragma once
/// @file Keeps texts that were made on the way from a request to a row, until the row is packed.

#include <deque>
#include <string>
#include <string_view>

namespace flit::sim::salesforce {

class Scratch {
 public:
  /// The view lives until clear().
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  void clear() { texts_.clear(); }

 private:
  std::deque<std::string> texts_;
};

}  // namespace flit::sim::salesforce
