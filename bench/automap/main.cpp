/// @file Time and memory of the map proposer against the limits of its contract.
///
///   bench_automap object [MAPPING_DIR]   150 fields of one object against its candidate tables:
///                                        median of 51 proposals, limit 30 ms of CPU
///   bench_automap large [MAPPING_DIR]    300 objects of 500 fields against 2,000 tables: CPU (limit 20 s), and
///                                        the highest resident memory of the process, schemas
///                                        included; limit 300 MB
///
/// The large proposal is written object by object, as `flitstack automap --out` does, and its text
/// counted.
///
/// MAPPING_DIR holds dest/ and dev/ (default ../shared/data/mapping). Ends with 1 where a limit is
/// broken. One process measures one thing, because memory is never given back.

#include <algorithm>
#include <ctime>
#include <iostream>
#include <vector>

#include <fmt/core.h>
#include <sys/resource.h>

#include "automap/proposal_text.hpp"
#include "automap/propose.hpp"
#include "automap/shipped.hpp"
#include "worlds.hpp"

namespace {

using namespace flit;

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double resident_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

int verdict(const char* what, double value, double limit, const char* unit) {
  const bool kept = value < limit;
  fmt::print("{}: {:.1f} {} (limit {:.0f} {}): {}\n", what, value, unit, limit, unit,
             kept ? "kept" : "BROKEN");
  return kept ? 0 : 1;
}

int object(const bench::Sources& sources) {
  const automap::Lexicon lexicon = automap::shipped_lexicon();
  const automap::Model model = automap::shipped_model();
  const automap::Schema source = bench::one_object(sources, 150);
  const automap::Destination destination(sources.destination, lexicon);
  std::vector<double> times;
  std::size_t proposed = 0;
  for (int round = 0; round < 51; ++round) {
    const double start = cpu_ms();
    const automap::Proposal proposal =
        automap::proposal_of({source, destination, lexicon, model}, model);
    times.push_back(cpu_ms() - start);
    proposed = proposal.fields.size();
  }
  std::sort(times.begin(), times.end());
  fmt::print("{} fields, {} tables, {} columns\n", proposed, sources.destination.objects.size(),
             bench::fields_of(sources.destination));
  return verdict("one object, median CPU", times[times.size() / 2], 30.0, "ms");
}

int large(bench::Sources sources) {
  const automap::Lexicon lexicon = automap::shipped_lexicon();
  const automap::Model model = automap::shipped_model();
  const automap::Schema source = bench::many_objects(sources, 300, 500);
  const automap::Schema tables = bench::many_tables(sources, 2000);
  sources = {};
  const double schemas = resident_mb();
  const double start = cpu_ms();
  const automap::Destination destination(tables, lexicon);
  const double read = resident_mb();
  automap::ObjectByObject objects(source, destination, lexicon, model);
  std::vector<automap::ObjectProposal> mapped;
  for (std::size_t i = 0; i < objects.size(); ++i) mapped.push_back(objects.object(i));
  automap::ProposalText text(model.threshold, mapped);
  std::size_t proposed = 0;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    for (const automap::FieldProposal& field : objects.fields(i)) text.add(field), ++proposed;
    bytes += text.so_far().size();
  }
  bytes += text.rest().size();
  const double spent = cpu_ms() - start;
  fmt::print("{} objects, {} fields, {} tables, {} columns; {} MB of JSON\n", source.objects.size(),
             proposed, tables.objects.size(), bench::fields_of(tables), bytes >> 20U);
  fmt::print("resident: {:.0f} MB with both schemas, {:.0f} MB with the columns read\n", schemas,
             read);
  const int slow = verdict("large, CPU", spent / 1e3, 20.0, "s");
  return slow + verdict("large, highest resident memory", resident_mb(), 300.0, "MB") > 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode != "object" && mode != "large") {
    std::cerr << "usage: bench_automap object|large [MAPPING_DIR]\n";
    return 2;
  }
  auto sources = bench::read_sources(argc > 2 ? argv[2] : "../shared/data/mapping");
  if (!sources) {
    std::cerr << sources.error().text() << "\n";
    return 2;
  }
  return mode == "object" ? object(*sources) : large(std::move(*sources));
}
