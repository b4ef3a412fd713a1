#include "destinations/dataverse/settings.hpp"

#include <algorithm>
#include <utility>

namespace flit::destinations::dataverse {
namespace {

constexpr std::string_view default_authority = "https://login.microsoftonline.com";

/// facts/dataverse.md §11: 2–8 letters and digits, a letter first, not "mscrm…".
std::string problem_of_prefix(const std::string& prefix) {
  const bool plain = std::all_of(prefix.begin(), prefix.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
  const bool fits = prefix.size() >= 2 && prefix.size() <= 8;
  if (fits && plain && prefix[0] >= 'a' && !prefix.starts_with("mscrm")) return {};
  return "must be 2 to 8 lower-case letters and digits, a letter first, not mscrm";
}

std::string problem_of_url(const std::string& text) {
  const auto url = http::Url::parse(text);
  return url ? std::string() : url.error().message;
}

}  // namespace

void describe(spec::Spec<SecretReference>& spec) {
  spec.named("secret", "Where a credential comes from.");
  spec.field(&SecretReference::env, "env", "Name of an environment variable.");
  spec.field(&SecretReference::file, "file", "A file that only its owner can read (0600).");
  spec.field(&SecretReference::command, "command", "A command whose output is the credential.");
  spec.exactly_one_of({"env", "file", "command"});
}

void describe(spec::Spec<RequestLimits>& spec) {
  spec.named("request limits", "How much one request may hold.");
  spec.field(&RequestLimits::rows, "rows", "Rows that a request never exceeds.")
      .required()
      .between(1, 1000);
  spec.field(&RequestLimits::suggested, "suggested", "Rows to begin with.")
      .required()
      .between(1, 1000);
  spec.field(&RequestLimits::bytes, "bytes", "Bytes that a body never exceeds.")
      .default_to(std::uint64_t{64} << 20U);
  spec.field(&RequestLimits::cite, "cite", "Where that is written.").required();
}

void describe(spec::Spec<QuotaSettings>& spec) {
  spec.named("quota", "A service protection limit, per user and web server.");
  spec.field(&QuotaSettings::what, "what", "What is counted.").required();
  spec.field(&QuotaSettings::amount, "amount", "How much of it.").required();
  spec.field(&QuotaSettings::window, "window", "In which sliding window.");
  spec.field(&QuotaSettings::code, "code", "The error code of what exceeds it.");
  spec.field(&QuotaSettings::cite, "cite", "Where that is written.").required();
}

void describe(spec::Spec<PublisherSettings>& spec) {
  const PublisherSettings defaults;
  spec.named("publisher", "Under whose name columns and tables are made.");
  spec.field(&PublisherSettings::name, "name", "Unique name.").default_to(defaults.name);
  spec.field(&PublisherSettings::title, "title", "What people see.").default_to(defaults.title);
  spec.field(&PublisherSettings::prefix, "prefix", "Prefix of every new name.")
      .default_to(defaults.prefix)
      .check(problem_of_prefix);
  spec.field(&PublisherSettings::option_prefix, "option_prefix", "First digits of option values.")
      .default_to(defaults.option_prefix)
      .between(10'000, 99'999);
  spec.field(&PublisherSettings::solution, "solution", "Unique name of the solution.")
      .default_to(defaults.solution);
  spec.field(&PublisherSettings::solution_title, "solution_title", "What people see.")
      .default_to(defaults.solution_title);
  spec.field(&PublisherSettings::language, "language", "Language of labels, as an LCID.")
      .default_to(defaults.language);
}

void describe(spec::Spec<BypassSettings>& spec) {
  spec.named("bypass", "What of the environment's own automation a migration passes by.");
  spec.field(&BypassSettings::custom_logic, "custom_logic", "Custom plug-ins and workflows.")
      .default_to(true);
  spec.field(&BypassSettings::flows, "flows", "Power Automate flows.").default_to(true);
  spec.field(&BypassSettings::duplicate_rules, "duplicate_rules", "Duplicate detection rules.")
      .default_to(true);
}

void describe(spec::Spec<CompanionSettings>& spec) {
  spec.named("companion", "Rows that the platform makes on its own beside those that we write.");
  spec.field(&CompanionSettings::table, "table", "Where they stand.").required();
  spec.field(&CompanionSettings::beside, "beside", "The tables whose rows bring them.").required();
  spec.field(&CompanionSettings::rows, "rows", "How many for each row; 0: some.")
      .default_to(std::uint32_t{0});
  spec.field(&CompanionSettings::because, "because", "What they are, for people.").required();
}

void describe(spec::Spec<PlatformSettings>& spec) {
  const PlatformSettings defaults;
  spec.named("dataverse", "What holds for every environment of the platform.");
  spec.field(&PlatformSettings::api_version, "api_version", "Version of the Web API.")
      .default_to(defaults.api_version);
  spec.field(&PlatformSettings::bulk, "bulk", "CreateMultiple, UpdateMultiple, UpsertMultiple.");
  spec.field(&PlatformSettings::batch, "batch", "$batch of single operations.");
  spec.field(&PlatformSettings::page_rows, "page_rows", "Rows of a page at most when reading.")
      .default_to(defaults.page_rows)
      .between(1, 5000);
  spec.field(&PlatformSettings::url_length, "url_length", "Longest URL that is sent.")
      .default_to(defaults.url_length)
      .between(1000, 32'768);
  spec.field(&PlatformSettings::key_check, "key_check", "How often a key's index is asked after.")
      .default_to(defaults.key_check, "5s");
  spec.field(&PlatformSettings::quotas, "quotas", "Published service protection limits.");
  spec.field(&PlatformSettings::publisher, "publisher", "Under whose name schema is made.");
  spec.field(&PlatformSettings::bypass, "bypass", "Automation that is passed by.");
  spec.field(&PlatformSettings::companions, "companions",
             "Rows that the platform makes on its own beside ours.");
}

void describe(spec::Spec<ApplicationUser>& spec) {
  spec.named("application user", "A further application to load as.");
  spec.field(&ApplicationUser::client_id, "client_id", "The application's id.").required();
  spec.field(&ApplicationUser::client_secret, "client_secret", "The application's secret.")
      .required();
}

void describe(spec::Spec<EnvironmentSettings>& spec) {
  spec.named("dataverse environment", "Where the environment is and how to sign in.");
  spec.field(&EnvironmentSettings::url, "url", "The environment's URL.")
      .required()
      .check(problem_of_url);
  spec.field(&EnvironmentSettings::authority, "authority", "Who hands out tokens.")
      .default_to(std::string(default_authority))
      .check(problem_of_url);
  spec.field(&EnvironmentSettings::tenant, "tenant", "Directory (tenant) id.").required();
  spec.field(&EnvironmentSettings::client_id, "client_id", "The application's id.")
      .default_to(SecretReference{.env = "FLIT_DEST_CLIENT_ID"}, "{env: FLIT_DEST_CLIENT_ID}");
  spec.field(&EnvironmentSettings::client_secret, "client_secret", "The application's secret.")
      .default_to(SecretReference{.env = "FLIT_DEST_CLIENT_SECRET"},
                  "{env: FLIT_DEST_CLIENT_SECRET}");
  spec.field(&EnvironmentSettings::further_users, "further_users",
             "Application users that rows are loaded as besides: each has limits of its own.");
}

Result<PlatformSettings> read_platform(const packs::PlatformPack& pack) {
  return spec::read<PlatformSettings>(pack.body);
}

std::vector<model::Companion> companions_of(const PlatformSettings& settings) {
  std::vector<model::Companion> companions;
  for (const CompanionSettings& one : settings.companions)
    for (const std::string& table : one.beside)
      companions.push_back({one.table, table, one.rows, one.because});
  return companions;
}

Result<EnvironmentSettings> read_environment(const yaml::Node& node) {
  return spec::read<EnvironmentSettings>(node);
}

Result<http::OAuthSettings> sign_in(const EnvironmentSettings& environment, std::string client_id,
                                    Secret client_secret) {
  FLIT_TRY(root, http::Url::parse(environment.url));
  FLIT_TRY(token_url, http::Url::parse(environment.authority));
  token_url.append_segment(environment.tenant).append_path("oauth2/v2.0/token");
  return http::client_credentials(std::move(token_url), std::move(client_id),
                                  std::move(client_secret),
                                  root.scheme() + "://" + root.authority() + "/.default");
}

}  // namespace flit::destinations::dataverse
