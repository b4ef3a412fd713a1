// Fixed work to count instructions over: script/bench --check runs each part below callgrind.
//
//   valgrind --tool=callgrind --instr-atstart=no build/bench/bench/counts/bench_counts PART
//
// Nothing here depends on the clock, on chance or on another thread; only the middle of each part
// is counted, after a first round that makes what is made once. Prints how many rows were counted.

#include <functional>
#include <iostream>
#include <map>
#include <span>
#include <string>

#include <valgrind/callgrind.h>

#include "base/check.hpp"
#include "bench/ledger/folder.hpp"
#include "bench/ledger/life.hpp"
#include "bench/transform/people.hpp"
#include "bench/transform/rows.hpp"
#include "destinations/dataverse/bulk_body.hpp"

namespace flit::bench {
namespace {

namespace dataverse = destinations::dataverse;

constexpr std::size_t rows = 1'000;

void counted(const std::function<void()>& work) {
  CALLGRIND_START_INSTRUMENTATION;
  work();
  CALLGRIND_STOP_INSTRUMENTATION;
}

void transform(const People& people) {
  Transformer transformer(people);
  transformer.run();
  counted([&] { transformer.run(); });
}

/// Numbers that were seen before are remembered: those that are counted are new.
void phones() {
  const People people = people_with_phones(2 * rows);
  const std::span<const std::string> payloads(people.payloads);
  Transformer transformer(people);
  transformer.run(payloads.first(rows));
  counted([&] { transformer.run(payloads.last(rows)); });
}

void parsing() {
  const People people = plain_people(rows);
  json::Document document;
  const auto run = [&] {
    for (const std::string& payload : people.payloads)
      FLIT_CHECK(document.read(payload).has_value(), "a payload is JSON");
  };
  run();
  counted(run);
}

/// Each kind of write into a ledger that knows its names and holds a first page already.
void ledger(void (LedgerLife::*part)()) {
  const People people = plain_people(rows);
  const auto records = records_of(people.payloads);
  Folder folder;
  LedgerLife life(folder.path(), records, false);
  for (const auto step :
       {&LedgerLife::stage, &LedgerLife::assign, &LedgerLife::intend_and_settle}) {
    if (step != part) {
      (life.*step)();
      continue;
    }
    return counted([&] { (life.*part)(); });
  }
}

void bulk() {
  const People people = plain_people(Transformer::batch_rows);
  Transformer transformer(people);
  transformer.run();
  const dataverse::Table table =
      dataverse::compile_table(people.destination.objects.front(), {},
                               {{"contact", {"contacts", "contactid"}}}, {.create = true});
  const auto plan = dataverse::RowPlan::compile(table, transformer.batch().columns());
  FLIT_CHECK(plan.has_value(), "the table has the columns of the map");
  const auto run = [&] {
    for (std::size_t written = 0; written < rows; written += transformer.batch().size())
      FLIT_CHECK(dataverse::bulk_body(*plan, transformer.batch()).rows.size() ==
                     transformer.batch().size(),
                 "every row can be written down");
  };
  run();
  counted(run);
}

const std::map<std::string, std::function<void()>> parts{
    {"bulk_body", bulk},
    {"html", [] { transform(people_with_notes(rows)); }},
    {"json_read", parsing},
    {"ledger_plan", [] { ledger(&LedgerLife::assign); }},
    {"ledger_settle", [] { ledger(&LedgerLife::intend_and_settle); }},
    {"ledger_stage", [] { ledger(&LedgerLife::stage); }},
    {"phones", phones},
    {"transform", [] { transform(plain_people(rows)); }}};

}  // namespace
}  // namespace flit::bench

int main(int argc, char** argv) {
  using flit::bench::parts;
  const auto part = parts.find(argc > 1 ? argv[1] : "");
  if (part == parts.end()) {
    for (const auto& [name, work] : parts) std::cout << name << '\n';
    return argc > 1 ? 2 : 0;
  }
  part->second();
  std::cout << flit::bench::rows << '\n';
}
