// A query is read, bound and run, or refused with one of the platform's codes and a message.

#include <cstdint>
#include <string_view>

#include "fuzz/promise.hpp"
#include "tests/unit/sim_salesforce_soql/memory_org.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using flit::fuzz::promise;
  using namespace flit::sim::salesforce::soql;  // NOLINT(google-build-using-namespace)
  static const flit::test::MemoryOrg org;
  const auto plan = org.planned({reinterpret_cast<const char*>(data), size});
  if (!plan) {
    promise(!plan.error().code.empty() && !plan.error().message.empty(), "a refusal has a code");
    return 0;
  }
  RecordWriter writer("66.0");
  std::string out;
  if (plan->shape == Plan::Shape::groups) {
    for (const auto& group : groups_of(*plan)) {
      promise(group.size() == plan->results.size(), "a group has every column");
      writer.append(out, plan->results, group);
    }
    return 0;
  }
  const auto rows = rows_of(*plan);
  promise(!plan->limit || rows.size() <= *plan->limit, "a limit is kept");
  for (const Row row : rows) writer.append(out, plan->projection, {plan->object, row});
  return 0;
}
