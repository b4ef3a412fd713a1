#include "sim/base/stats.hpp"

namespace flit::sim {

namespace {

void add_to(std::map<std::string, std::uint64_t, std::less<>>& counts, std::string_view name,
            std::uint64_t amount) {
  const auto found = counts.find(name);
  if (found != counts.end())
    found->second += amount;
  else
    counts.emplace(name, amount);
}

}  // namespace

void Stats::count_throttled(std::string_view kind) {
  change([&](Figures& figures) { add_to(figures.throttled, kind, 1); });
}

void Stats::count_sent_inside_retry_after() {
  change([](Figures& figures) { ++figures.sent_inside_retry_after; });
}

void Stats::add_rows_written(std::string_view table, std::uint64_t rows) {
  change([&](Figures& figures) { add_to(figures.rows_written, table, rows); });
}

void Stats::add_execution(Duration time) {
  change([&](Figures& figures) { figures.execution += time; });
}

void Stats::count_write_refused() {
  change([](Figures& figures) { ++figures.writes_refused; });
}

void Stats::reset() {
  change([](Figures& figures) { figures = {}; });
}

}  // namespace flit::sim
