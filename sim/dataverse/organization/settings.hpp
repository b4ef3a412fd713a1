#pragma once
/// @file How the simulated environment is set up. Defaults are the stricter reading of the sheet.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace flit::sim::dataverse {

/// One person, application or team that exists from the start; `--users FILE` replaces the list.
struct UserSeed {
  std::string full_name{};
  std::string email{};  ///< internalemailaddress and domainname
  bool disabled = false;
  bool application = false;  ///< accessmode 4 with an applicationid (fact sheet §1)
  bool is_team = false;
  bool access_team = false;                                ///< cannot own rows (0x80048340)
  std::vector<std::string> roles{"System Administrator"};  ///< names of RoleSeeds; none: 0x80042f09
  std::vector<std::string> privileges{};  ///< a role of its own, as a RoleSeed lists them
};

/// A security role: "prvReadAccount" for all rows, "prvWriteAccount:own" for own ones, "prvRead*".
struct RoleSeed {
  std::string name{};
  std::vector<std::string> privileges{};
};

inline constexpr std::string_view administrator_role = "System Administrator";  ///< may everything

enum class Licence : std::uint8_t { professional, enterprise };

/// Readings of points that the sheet marks unverified. The default is the stricter one.
struct Readings {
  bool disabled_owner_allowed = false;    ///< §12, §17.2: 0x8004022b otherwise
  bool bulk_on_every_table = false;       ///< §17.3: tables whose bulk messages are not documented
  bool enforce_custom_table_cap = false;  ///< §15: Professional's 15 custom tables, a licence term
  bool batch_needs_content_id = false;    ///< §7: docs say optional, a report says required
  std::chrono::seconds key_index_delay{0};  ///< §5: Pending and InProgress take this long together
  std::chrono::seconds metadata_lag{0};     ///< §11: a new column is unknown for this long
};

struct Settings {
  std::uint64_t seed = 1;
  std::string host = "http://127.0.0.1";  ///< service root of answers outside HTTP
  std::string client_id = "flit";
  std::string client_secret = "flit";
  std::string organization_name = "Simulated";
  std::string base_currency = "EUR";
  int max_upload_bytes = 5'242'880;  ///< organization.maxuploadfilesize, §12
  std::string blocked_attachments =
      "ade;adp;app;asa;ashx;asmx;asp;bas;bat;cmd;com;cpl;dll;exe;hta;"
      "htm;html;inf;jar;js;jse;lnk;mdb;msi;ps1;reg;scr;url;vbs;wsf";
  bool recycle_bin = false;       ///< §14: an administrator must switch it on
  bool auto_process_flow = true;  ///< §12: a default process is attached on create
  Licence licence = Licence::enterprise;
  Readings readings{};
  std::vector<UserSeed> users{};  ///< empty: default_users()
  std::vector<RoleSeed> roles{};  ///< empty: default_roles()
};

/// Two sellers, a manager, a disabled colleague, one without a role, the application user and
/// teams.
std::vector<UserSeed> default_users();

/// System Administrator; Salesperson, who changes own rows only; Delegate, who may impersonate.
std::vector<RoleSeed> default_roles();

}  // namespace flit::sim::dataverse
