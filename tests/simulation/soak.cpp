// Simulated migrations, one seed after the other: `soak FIRST COUNT [STEP]`. Says which seeds did
// not survive and tells the story of each; the same seed tells the same story again. Ends with 1
// then.

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string_view>

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

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t first = number(argc, argv, 1, 1);
  const std::uint64_t count = number(argc, argv, 2, 1);
  const std::uint64_t step = number(argc, argv, 3, 1);
  flit::test::Campaign campaign;
  flit::test::DrillReport sum;
  std::uint64_t failed = 0;
  for (std::uint64_t done = 0; done < count; ++done) {
    const std::uint64_t seed = first + done * step;
    const flit::test::DrillReport report = campaign.run(seed);
    sum.deaths += report.deaths;
    sum.stops += report.stops;
    sum.processes += report.processes;
    sum.switches += report.switches;
    if (count == 1) fmt::print("{}", report.told);
    if (!report.failure.empty()) {
      ++failed;
      fmt::print("seed {} did not survive: {}\n", seed, report.failure);
      if (count > 1) fmt::print("{}", report.told);
    }
    if (done + 1 == count || (done + 1) % 100 == 0)
      fmt::print(
          "{} migrations from seed {}, {} did not survive; {} processes, {} deaths, {} honest "
          "stops, {} switches\n",
          done + 1, first, failed, sum.processes, sum.deaths, sum.stops, sum.switches);
    std::fflush(stdout);
  }
  return failed == 0 ? 0 : 1;
}
