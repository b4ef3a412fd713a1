#pragma once
/// @file What a Dataverse destination has to be told: by its pack, and by the project's
/// flitstack.yaml.
///
/// PlatformSettings is the body of packs/destinations/dynamics365.yaml: versions, limits and names
/// that hold for every customer, each limit with its citation. EnvironmentSettings is what one
/// project adds: where the environment is and how to sign in. Secrets are named, never held: `apps`
/// resolves a SecretReference and hands the token source to the connector. Mistakes are shown with
/// their line and what was probably meant.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/spec.hpp"
#include "http/token.hpp"
#include "http/url.hpp"
#include "model/destination.hpp"
#include "packs/library.hpp"

namespace flit::destinations::dataverse {

/// Where a credential comes from; the text itself stands in no file of the project.
struct SecretReference {
  std::optional<std::string> env{};
  std::optional<std::string> file{};
  std::optional<std::string> command{};
};
void describe(spec::Spec<SecretReference>& spec);

/// What one request may hold, and where that is written.
struct RequestLimits {
  std::uint32_t rows = 0;       ///< never more
  std::uint32_t suggested = 0;  ///< where the search for the best size begins
  std::uint64_t bytes = 0;
  std::string cite{};
};
void describe(spec::Spec<RequestLimits>& spec);

/// A service protection limit, per user and web server.
struct QuotaSettings {
  std::string what{};
  std::uint64_t amount = 0;
  std::optional<std::chrono::milliseconds> window{};
  std::string code{};  ///< that answers what exceeds it
  std::string cite{};
};
void describe(spec::Spec<QuotaSettings>& spec);

/// Under whose name new columns and tables are made (facts/dataverse.md §11, publisher/solution).
struct PublisherSettings {
  std::string name = "flitstack";
  std::string title = "FlitStack";
  std::string prefix = "flit";
  std::uint32_t option_prefix = 72700;  ///< option values are this × 10000 + n
  std::string solution = "flitstack_migration";
  std::string solution_title = "FlitStack migration";
  std::uint32_t language = 1033;
};
void describe(spec::Spec<PublisherSettings>& spec);

/// Headers that keep the environment's own automation out of a migration (§2).
struct BypassSettings {
  bool custom_logic = true;     ///< MSCRM.BypassBusinessLogicExecution: CustomSync,CustomAsync
  bool flows = true;            ///< MSCRM.SuppressCallbackRegistrationExpanderJob
  bool duplicate_rules = true;  ///< false: MSCRM.SuppressDuplicateDetection: false is sent
};
void describe(spec::Spec<BypassSettings>& spec);

/// Rows that the platform makes on its own beside those that we write.
struct CompanionSettings {
  std::string table{};
  std::vector<std::string> beside{};  ///< the tables whose rows bring them
  std::uint32_t rows = 0;             ///< for each row; 0: some
  std::string because{};
};
void describe(spec::Spec<CompanionSettings>& spec);

struct PlatformSettings {
  std::string api_version = "v9.2";
  RequestLimits bulk{.rows = 1000, .suggested = 100, .bytes = 64U << 20U};
  RequestLimits batch{.rows = 1000, .suggested = 10, .bytes = 64U << 20U};
  std::uint32_t page_rows = 5000;   ///< rows of a page at most when reading; fewer of wide ones
  std::uint32_t url_length = 8000;  ///< of a GET
  std::chrono::milliseconds key_check{5000};
  std::vector<QuotaSettings> quotas{};
  PublisherSettings publisher{};
  BypassSettings bypass{};
  std::vector<CompanionSettings> companions{};
};
void describe(spec::Spec<PlatformSettings>& spec);

/// One of the environment's application users.
struct ApplicationUser {
  SecretReference client_id{};
  SecretReference client_secret{};
};
void describe(spec::Spec<ApplicationUser>& spec);

struct EnvironmentSettings {
  std::string url{};        ///< https://contoso.crm4.dynamics.com
  std::string authority{};  ///< https://login.microsoftonline.com
  std::string tenant{};
  SecretReference client_id{};
  SecretReference client_secret{};
  /// Rows are loaded as these as well: the service protection limits are counted by user (§8).
  std::vector<ApplicationUser> further_users{};
};
void describe(spec::Spec<EnvironmentSettings>& spec);

/// The body of a destination pack that speaks dataverse.
Result<PlatformSettings> read_platform(const packs::PlatformPack& pack);

/// The pack's companions, one for each table that brings them.
std::vector<model::Companion> companions_of(const PlatformSettings& settings);

/// The `destination` section of flitstack.yaml.
Result<EnvironmentSettings> read_environment(const yaml::Node& node);

/// Signing in as an application (§1): the environment's own URL is the scope.
Result<http::OAuthSettings> sign_in(const EnvironmentSettings& environment, std::string client_id,
                                    Secret client_secret);

}  // namespace flit::destinations::dataverse
