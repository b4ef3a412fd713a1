// Simulated migrations, one seed after the other: `soak FIRST COUNT [STEP]`. Says which seeds did
// not survive and tells the story of each; the same seed tells the same story again. Ends with 1
// then.

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "campaign.hpp"

namespace {

std::uint64_t number(int argc, char** argv, int which, std::uint64_t usual) {
  if (argc <= which) return usual;
  std::uint64_t value = usual;
  const std::string_view digits = argv[which];
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

class Tally {
 public:
  explicit Tally(const std::vector<std::uint64_t>& seeds) : seeds_(seeds) {}

  void add(std::uint64_t seed, const flit::test::DrillReport& report) {
    ++done_;
    sum_.deaths += report.deaths;
    sum_.stops += report.stops;
    sum_.processes += report.processes;
    sum_.switches += report.switches;
    if (!report.failure.empty()) {
      ++failed_;
      fmt::print("seed {} did not survive: {}\n", seed, report.failure);
    }
    if (!report.failure.empty() || seeds_.size() == 1) fmt::print("{}", report.told);
    if (done_ == seeds_.size() || done_ % 100 == 0) say();
    std::fflush(stdout);
  }
  std::uint64_t failed() const { return failed_; }

 private:
  void say() const {
    fmt::print(
        "{} of {} migrations from seed {}, {} did not survive; {} processes, {} deaths, {} honest "
        "stops, {} switches\n",
        done_, seeds_.size(), seeds_.front(), failed_, sum_.processes, sum_.deaths, sum_.stops,
        sum_.switches);
  }

  const std::vector<std::uint64_t>& seeds_;
  flit::test::DrillReport sum_;
  std::uint64_t done_ = 0;
  std::uint64_t failed_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t first = number(argc, argv, 1, 1);
  const std::uint64_t count = number(argc, argv, 2, 1);
  const std::uint64_t step = number(argc, argv, 3, 1);
  std::vector<std::uint64_t> seeds;
  for (std::uint64_t place = 0; place < count; ++place) seeds.push_back(first + place * step);
  Tally tally(seeds);
  flit::test::Campaign().run(seeds, [&](std::uint64_t seed, const flit::test::DrillReport& report) {
    tally.add(seed, report);
  });
  return tally.failed() == 0 ? 0 : 1;
}
