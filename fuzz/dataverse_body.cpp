// Any body sent to any kind of write is answered: with success, or with a refusal that has the
// platform's code; the environment stays readable. The first byte chooses the request.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/json_reader.hpp"
#include "fuzz/promise.hpp"
#include "sim/base/sim_clock.hpp"
#include "sim/base/stats.hpp"
#include "sim/dataverse/service/dataverse_simulator.hpp"

namespace {

using namespace flit;       // NOLINT(google-build-using-namespace)
using namespace flit::sim;  // NOLINT(google-build-using-namespace)
using flit::fuzz::promise;

struct World {
  ManualClock machine;
  SimClock clock{machine};
  Stats stats;
  dataverse::DataverseSimulator simulator{{}, Surroundings{clock, stats}};
};

struct Write {
  const char* method;
  const char* path;
};

constexpr std::array<Write, 16> writes{{
    {"POST", "accounts"},
    {"POST", "accounts/Microsoft.Dynamics.CRM.CreateMultiple"},
    {"POST", "accounts/Microsoft.Dynamics.CRM.UpsertMultiple"},
    {"PATCH", "contacts(11111111-1111-4111-8111-111111111111)"},
    {"POST", "phonecalls"},
    {"POST", "WinOpportunity"},
    {"POST", "EntityDefinitions(LogicalName='account')/Attributes"},
    {"POST", "BulkDelete"},
    {"POST", "Merge"},
    {"POST", "GrantAccess"},
    {"POST", "UploadBlock"},
    {"POST", "DownloadBlock"},
    {"POST", "InitializeFileBlocksUpload"},
    {"POST", "EntityDefinitions"},
    {"POST", "RelationshipDefinitions"},
    {"POST", "activitymimeattachments"},
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static auto* world = new World;
  static int inputs = 0;
  if (++inputs % 2000 == 0) world->simulator.reset();
  const Write& write = writes[data[0] % writes.size()];
  const auto request =
      Request::make(write.method, std::string("/api/data/v9.2/") + write.path,
                    {{"Authorization", "Bearer " + world->simulator.access().access_token},
                     {"Content-Type", "application/json"}},
                    std::string(reinterpret_cast<const char*>(data) + 1, size - 1));

  const Response response = world->simulator.handle(*request);

  promise(response.status >= 200 && response.status < 600, "every body is answered");
  if (response.status >= 400) {
    const auto document = json::parse(response.body);
    promise(document && document->root().at_path("error.code").is_string(), "a refusal has a code");
  }
  return 0;
}
