#include "sim/salesforce/soql/run.hpp"

#include <algorithm>
#include <deque>
#include <numeric>

#include "sim/salesforce/soql/aggregation.hpp"

namespace flit::sim::salesforce::soql {
namespace {

/// Negative: left comes first.
int ordered(const SortKey& key, const Value& left, const Value& right) {
  if (left.is_null() || right.is_null()) {
    if (left.is_null() == right.is_null()) return 0;
    return left.is_null() != key.nulls_last ? -1 : 1;
  }
  const auto order = compare(left, right);
  if (!order || *order == 0) return 0;
  return (*order < 0) != key.descending ? -1 : 1;
}

/// Sorts by values that are read once; equal rows keep their order.
void sort_rows(std::vector<Row>& rows, const Plan& plan) {
  const std::size_t width = plan.order.size();
  std::vector<Value> keys;
  keys.reserve(rows.size() * width);
  std::deque<std::string> computed;  // keeps its strings where they are
  std::string scratch;
  for (const Row row : rows) {
    for (const SortKey& key : plan.order) {
      Value value = read(key.path, {plan.object, row}, scratch);
      if (!scratch.empty()) value.text = computed.emplace_back(std::move(scratch));
      scratch.clear();
      keys.push_back(value);
    }
  }
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    for (std::size_t i = 0; i < width; ++i) {
      const int which = ordered(plan.order[i], keys[a * width + i], keys[b * width + i]);
      if (which != 0) return which < 0;
    }
    return false;
  });
  std::vector<Row> sorted;
  sorted.reserve(rows.size());
  for (const std::size_t at : order) sorted.push_back(rows[at]);
  rows = std::move(sorted);
}

void cut(std::vector<Row>& rows, const Plan& plan) {
  const auto skipped = std::min<std::uint64_t>(plan.offset, rows.size());
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(skipped));
  if (plan.limit && rows.size() > *plan.limit) rows.resize(static_cast<std::size_t>(*plan.limit));
}

/// Takes matching rows until there are enough.
class Collector {
 public:
  explicit Collector(const Plan& plan) : plan_(plan) {
    if (plan.limit && plan.order.empty()) enough_ = *plan.limit + plan.offset;
  }

  bool operator()(Row row) {
    if (rows_.size() >= enough_) return false;
    if (!plan_.where || matches(*plan_.where, {plan_.object, row})) rows_.push_back(row);
    return rows_.size() < enough_;
  }

  std::vector<Row> finish() {
    if (!plan_.order.empty()) sort_rows(rows_, plan_);
    cut(rows_, plan_);
    return std::move(rows_);
  }

 private:
  const Plan& plan_;
  std::vector<Row> rows_;
  std::uint64_t enough_ = ~std::uint64_t{0};
};

void visit_matches(const Plan& plan, const RowVisitor& visit) {
  std::optional<std::vector<Row>> found;
  if (plan.where) found = candidates(*plan.where, *plan.object, plan.deleted);
  if (!found) {
    plan.object->scan(plan.deleted, visit);
    return;
  }
  for (const Row row : *found)
    if (!visit(row)) return;
}

}  // namespace

std::vector<Row> rows_of(const Plan& plan) {
  Collector collector(plan);
  visit_matches(plan, std::ref(collector));
  return collector.finish();
}

std::vector<Row> rows_of(const Plan& plan, const ChildLink& link, const Record& parent) {
  Collector collector(plan);
  parent.object->children_of(parent.row, link.handle, plan.deleted, std::ref(collector));
  return collector.finish();
}

std::vector<std::vector<Constant>> groups_of(const Plan& plan) {
  Aggregation aggregation(plan);
  visit_matches(plan, [&](Row row) {
    const Record record{plan.object, row};
    if (!plan.where || matches(*plan.where, record)) aggregation.add(record);
    return true;
  });
  auto groups = aggregation.groups();
  if (plan.having)
    std::erase_if(groups, [&](const std::vector<Constant>& group) {
      return !judge_all(*plan.having,
                        [&](const Condition& leaf) { return group[leaf.column].value(); });
    });
  std::stable_sort(groups.begin(), groups.end(), [&](const auto& left, const auto& right) {
    for (const SortKey& key : plan.order) {
      const int which = ordered(key, left[key.column].value(), right[key.column].value());
      if (which != 0) return which < 0;
    }
    return false;
  });
  std::vector<std::vector<Constant>> results;
  for (std::size_t i = plan.offset; i < groups.size(); ++i) {
    if (plan.limit && results.size() >= *plan.limit) break;
    std::vector<Constant>& row = results.emplace_back();
    for (const ResultColumn& column : plan.results)
      row.push_back(groups[i][column.kind == ResultColumn::Kind::group
                                  ? column.index
                                  : plan.group_by.size() + column.index]);
  }
  return results;
}

}  // namespace flit::sim::salesforce::soql
