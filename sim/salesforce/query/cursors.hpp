#pragma once
/// @file Answers that are read page by page, and the locators that name what is left (§2.4).
///
/// A cursor keeps the numbers of its rows, not the rows: a page shows records as they are when it
/// is read. Two days old ones are forgotten. Thread-safe.

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/sync.hpp"
#include "sim/salesforce/schema/record_id.hpp"
#include "sim/salesforce/soql/plan.hpp"

namespace flit::sim::salesforce {

struct Cursor {
  soql::Plan plan{};
  std::vector<soql::Row> rows{};
  std::vector<std::vector<soql::Constant>> groups{};
  std::size_t page = 2000;
  std::int64_t opened_ms = 0;

  std::size_t size() const {
    return plan.shape == soql::Plan::Shape::groups ? groups.size() : rows.size();
  }
};

class Cursors {
 public:
  /// Keeps it; the locator is good for two days.
  std::string open(std::shared_ptr<const Cursor> cursor, std::int64_t now_ms);

  /// What a locator names, "01g…-2000"; null when there is no such cursor (any more).
  std::shared_ptr<const Cursor> find(std::string_view locator, std::size_t& offset,
                                     std::int64_t now_ms);

  void clear();

 private:
  struct State {
    std::map<std::string, std::shared_ptr<const Cursor>, std::less<>> open{};
    std::uint64_t given = 0;
  };
  Sync<State> state_;
};

}  // namespace flit::sim::salesforce
