#pragma once
/// @file Deploys of the Metadata API: a package in, a status to poll (fact sheet §6.1).
///
/// The work is done when the package arrives, under the org's exclusive lock; the first answer says
/// Pending all the same, as the platform's does. Thread-safe.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "base/sync.hpp"
#include "sim/salesforce/schema/refusal.hpp"
#include "sim/salesforce/setup/schema_setup.hpp"

namespace flit::sim::salesforce {

struct DeployOptions {
  bool check_only = false;
  bool rollback_on_error = false;
  bool ignore_warnings = false;
  bool allow_missing_files = false;
  std::string test_level{};

  static DeployOptions read(json::Value options);
};

class Deployments {
 public:
  Deployments(Organization& org, ValueSets& value_sets) : org_(org), value_sets_(value_sets) {}

  /// What a production org refuses: a deploy that may end half done, or without tests (§6.1).
  Answer<void> check(const DeployOptions& options) const;

  /// The deploy's id (0Af…). A package that cannot be read makes a deploy that fails.
  std::string start(std::string_view zip, const DeployOptions& options, RecordId user);

  /// The deployResult as JSON; `details`: with every component. None: there is no such deploy.
  std::optional<std::string> result(std::string_view id, bool details) const;
  /// The same as it stands in the answer to the request that started it.
  std::optional<std::string> pending(std::string_view id) const;
  bool exists(std::string_view id) const;

  void clear();

 private:
  struct Deployment {
    std::string id{};
    DeployOptions options{};
    std::string user{};
    std::string at{};
    std::vector<ComponentResult> components{};
    std::string error{};  ///< of the package as a whole
    bool success = false;
    std::string status() const;
  };

  void run(Deployment& deployment, std::string_view zip);
  static void write_head(json::Writer& out, const Deployment& deployment, bool done);

  Organization& org_;
  ValueSets& value_sets_;
  Sync<std::map<std::string, std::shared_ptr<const Deployment>, std::less<>>> deployments_;
};

}  // namespace flit::sim::salesforce
