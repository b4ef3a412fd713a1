// A URL below the service root is read or refused with the platform's code; what was read prints
// as text that reads back equal; filters are bound and judged without leaving the row.

#include <cstdint>
#include <string_view>

#include "fuzz/promise.hpp"
#include "sim/dataverse/odata/paging_cookie.hpp"
#include "sim/dataverse/odata/preferences.hpp"
#include "sim/dataverse/odata/query_options.hpp"
#include "sim/dataverse/odata/resource_path.hpp"
#include "sim/dataverse/odata/retrieve.hpp"
#include "tests/unit/sim_dataverse_odata/memory_table.hpp"

namespace {

using namespace flit::sim::dataverse::odata;  // NOLINT(google-build-using-namespace)
using flit::fuzz::promise;

bool has_code(const flit::Error& error) {
  return error.code.rfind("0x", 0) == 0;
}

const flit::test::MemoryTable& table() {
  static const flit::test::MemoryTable rows = [] {
    flit::test::MemoryTable made;
    made.add({.id = flit::test::uuid_of(1), .name = "Äpfel & Söhne", .revenue = "1.50"});
    made.add({.id = flit::test::uuid_of(2), .employees = 7, .parent = flit::test::uuid_of(1)});
    return made;
  }();
  return rows;
}

void judge(const Expression& filter) {
  const auto predicate = Predicate::bind(filter, table(), {.now = 1'715'767'200});
  if (!predicate) {
    promise(has_code(predicate.error()), "a refused filter has a code");
    return;
  }
  table().scan({}, [&](const RowView& row) {
    (void)predicate->matches(row);
    return true;
  });
}

void check_query(std::string_view text) {
  const auto query = parse_query(text);
  if (!query) {
    promise(has_code(query.error()), "a refused query has a code");
    return;
  }
  if (query->filter) {
    judge(*query->filter);
    const auto again = parse_filter(to_string(*query->filter), {});
    promise(again && *again == *query->filter, "a filter prints as what it was read from");
  }
  const auto page = page_query(*query, std::nullopt, table(), nullptr);
  promise(page || has_code(page.error()), "a refused page has a code");
  if (!page) return;
  const auto rows = retrieve_page([](const std::optional<flit::Uuid>& after,
                                     const RowVisitor& visit) { table().scan(after, visit); },
                                  *page);
  promise(rows || has_code(rows.error()), "a refused cookie has a code");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t mark = text.find('?');
  const auto path = parse_resource_path(text.substr(0, mark), {{"@p1", "['a',1]"}});
  promise(path || has_code(path.error()), "a refused path has a code");
  if (mark != std::string_view::npos) check_query(text.substr(mark + 1));
  (void)parse_preferences(text);
  (void)parse_skip_token(text);
  return 0;
}
