#pragma once
/// @file What can be said about the org before it starts: options, and readings of what the fact
/// sheet leaves open (its stricter reading is the default; README.md lists them).

#include <cstdint>
#include <string>
#include <vector>

namespace flit::sim::salesforce {

/// A person of `--users FILE`.
struct UserSeed {
  std::string first_name{};
  std::string last_name{};
  std::string username{};  ///< e-mail shaped; also the e-mail unless one is given
  std::string email{};
  std::string profile = "Standard User";
  bool active = true;
  bool queue = false;  ///< a queue of that last name instead of a person
};

enum class Edition : std::uint8_t { developer, professional, enterprise, unlimited };

/// What the API's user may do beyond reading and writing (§3, §7).
struct Permissions {
  bool create_audit_fields = false;
  bool update_with_inactive_owner = false;
  bool bulk_hard_delete = false;
  bool edit_converted_leads = false;
};

/// §7: on the platform these are switches of Setup.
struct Features {
  bool contacts_to_multiple_accounts = true;
  bool sandbox = true;  ///< Organization.IsSandbox; SFDMU refuses to write elsewhere (§0.9)
};

struct Settings {
  std::uint64_t seed = 1;
  std::string client_id = "flit";
  std::string client_secret = "flit";
  std::string username = "flit@example.com";  ///< of the user that the default token acts as
  std::string password = "flit";
  std::string certificate{};  ///< PEM of who may sign JWT assertions; empty: the flow is refused
  Edition edition = Edition::developer;
  Permissions permissions{};
  Features features{};
  std::vector<UserSeed> users{};
  std::int64_t data_storage_mb = 0;  ///< 0: plenty
  std::int64_t file_storage_mb = 0;
  bool daily_limits = false;  ///< --limits real
};

}  // namespace flit::sim::salesforce
