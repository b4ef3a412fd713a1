// Any body sent to any kind of write is answered: with success, or with a refusal that has the
// platform's code; the org stays readable. The first byte chooses the request.

#include <array>
#include <cstdint>
#include <string>

#include "base/clock.hpp"
#include "base/json_reader.hpp"
#include "fuzz/promise.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/salesforce/service/salesforce_simulator.hpp"

namespace {

using namespace flit;       // NOLINT(google-build-using-namespace)
using namespace flit::sim;  // NOLINT(google-build-using-namespace)
using flit::fuzz::promise;

struct World {
  ManualClock machine;
  SimClock clock{machine};
  Stats stats;
  salesforce::SalesforceSimulator simulator{{}, Surroundings{clock, stats}};
};

struct Write {
  const char* method;
  const char* path;
};

constexpr std::array<Write, 10> writes{{
    {"POST", "sobjects/Account"},
    {"POST", "sobjects/Event"},
    {"POST", "sobjects/ContentVersion"},
    {"PATCH", "sobjects/Contact/Email/a@b.co"},
    {"POST", "composite/sobjects"},
    {"PATCH", "composite/sobjects/Account/Id"},
    {"POST", "composite/tree/Account"},
    {"POST", "composite"},
    {"POST", "composite/batch"},
    {"POST", "composite/graph"},
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static auto* world = new World;
  static int inputs = 0;
  if (++inputs % 2000 == 0) world->simulator.reset();
  const Write& write = writes[data[0] % writes.size()];
  const auto request =
      Request::make(write.method, std::string("/services/data/v66.0/") + write.path,
                    {{"Authorization", "Bearer " + world->simulator.access().access_token},
                     {"Content-Type", "application/json"}},
                    std::string(reinterpret_cast<const char*>(data) + 1, size - 1));

  const Response response = world->simulator.handle(*request);

  promise(response.status < 500, "a body never breaks the org");
  promise(response.body.empty() || json::parse(response.body).has_value(), "answers are JSON");
  return 0;
}
