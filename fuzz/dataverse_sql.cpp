// Any bytes are a SQL statement that runs, or are refused with the platform's code.

#include <cstdint>
#include <string_view>

#include "fuzz/promise.hpp"
#include "sim/dataverse/odata/sql_query.hpp"
#include "tests/unit/sim_dataverse_odata/memory_table.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace flit::sim::dataverse::odata;  // NOLINT(google-build-using-namespace)
  using flit::fuzz::promise;
  static const flit::test::MemoryTable table = [] {
    flit::test::MemoryTable made;
    made.add({.id = flit::test::uuid_of(1), .name = "a", .revenue = "1.5", .birthdate = 19'000});
    made.add({.id = flit::test::uuid_of(2), .employees = 7, .parent = flit::test::uuid_of(1)});
    return made;
  }();
  if (size > 4000) return 0;  // a join of n tables of two rows has up to 2^n rows

  const TableFinder tables = [](std::string_view name) {
    return name == "account" ? &table : nullptr;
  };
  const auto query = parse_sql({reinterpret_cast<const char*>(data), size}, tables);
  if (!query) {
    promise(query.error().code.rfind("0x", 0) == 0, "a refused statement has a code");
    return 0;
  }
  const auto page = run_fetch(*query, tables, {}, 10);
  promise(page || page.error().code.rfind("0x", 0) == 0, "a refused run has a code");
  if (page) promise(page->rows.size() <= 5000, "a page is bounded");
  return 0;
}
