// The ledger alone: how many records a second it stages, plans, and means and settles, and how much
// disk each of them takes.
//
//   bench_ledger [RECORDS] [ROUNDS]
//
// One lane, 500 records a transaction, each round a new ledger in the current folder, with and
// without waiting for the disk in turn. Wall clock: waiting is what is asked about.

#include <string>

#include "bench/ledger/folder.hpp"
#include "bench/ledger/life.hpp"
#include "bench/support/rounds.hpp"
#include "bench/transform/people.hpp"

namespace flit::bench {
namespace {

/// Seconds of each round.
struct Measured {
  std::vector<double> staging{};
  std::vector<double> planning{};
  std::vector<double> loading{};
};

void live(const Folder& folder, const std::vector<model::Record>& records, bool sync,
          Measured& measured) {
  LedgerLife life(folder.path(), records, sync);
  measured.staging.push_back(seconds_for([&] { life.stage(); }, Clock::wall));
  measured.planning.push_back(seconds_for([&] { life.assign(); }, Clock::wall));
  measured.loading.push_back(seconds_for([&] { life.intend_and_settle(); }, Clock::wall));
}

/// What is left when a ledger was closed, which merges its log.
std::uintmax_t bytes_after(Folder& folder, const std::vector<model::Record>& records, bool all) {
  folder.clear();
  {
    LedgerLife life(folder.path(), records, false);
    life.stage();
    if (all) {
      life.assign();
      life.intend_and_settle();
    }
  }
  return std::filesystem::file_size(folder.path() / "flitstack.db");
}

void print_rates(const std::string& how, const Measured& measured, double records) {
  print_line("staged, " + how, "records/s", rate_of(measured.staging, records));
  print_line("planned, " + how, "records/s", rate_of(measured.planning, records));
  print_line("meant and settled, " + how, "records/s", rate_of(measured.loading, records));
}

void print_size(const std::string& what, double bytes) {
  print_line(what, "bytes/record", {bytes, bytes, bytes});
}

void measure(std::size_t count, int rounds) {
  const People people = plain_people(count);
  const auto records = records_of(people.payloads);
  const auto of_all = static_cast<double>(count);
  Folder folder;
  Measured synced;
  Measured unsynced;
  for (int round = 0; round < rounds; ++round) {
    for (const bool sync : {true, false}) {
      folder.clear();
      live(folder, records, sync, sync ? synced : unsynced);
    }
  }
  print_rates("each transaction on disk", synced, of_all);
  print_rates("without waiting for the disk", unsynced, of_all);
  print_size("payload as the source sent it", static_cast<double>(people.bytes()) / of_all);
  print_size("ledger, staged", static_cast<double>(bytes_after(folder, records, false)) / of_all);
  print_size("ledger, settled", static_cast<double>(bytes_after(folder, records, true)) / of_all);
}

}  // namespace
}  // namespace flit::bench

int main(int argc, char** argv) {
  const std::size_t records = argc > 1 ? std::stoul(argv[1]) : 20'000;
  flit::bench::measure(records, argc > 2 ? std::stoi(argv[2]) : 5);
}
