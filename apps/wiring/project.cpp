#include "apps/wiring/project.hpp"

#include <fmt/format.h>

#include "apps/wiring/text_file.hpp"
#include "base/excerpt.hpp"
#include "base/yaml_reader.hpp"
#include "base/zone.hpp"
#include "mapping/email.hpp"
#include "mapping/phone.hpp"

namespace flit::wiring {

namespace {

using Text = std::optional<std::string>;

std::string problem_of_owner(const Text& email) {
  if (!email || mapping::is_email_address(*email)) return {};
  return fmt::format("expects an e-mail address, found {}", excerpt(*email));
}

std::string problem_of_region(const std::string& region) {
  if (region.empty() || mapping::is_phone_region(region)) return {};
  return fmt::format("expects a country as ISO 3166, for example US, found {}", excerpt(region));
}

std::string problem_of_zone(const Text& name) {
  if (!name) return {};
  const auto zone = Zone::find(*name);
  return zone ? std::string() : zone.error().message;
}

}  // namespace

void describe(spec::Spec<LoadOptions>& spec) {
  const LoadOptions usual;
  spec.named("load", "How fast records are sent; the platform's limits always win.");
  spec.field(&LoadOptions::lanes, "lanes", "Requests on their way at a time.")
      .default_to(usual.lanes)
      .between(1, 512);
  spec.field(&LoadOptions::rows, "rows", "Rows in a request; 0: what the platform suggests.")
      .default_to(usual.rows)
      .between(0, 1000);
}

void describe(spec::Spec<Project>& spec) {
  const Project usual;
  spec.named("project", "One migration: flitstack.yaml.");
  spec.field(&Project::path, "path", "Which path, as `flitstack paths list` names it.").required();
  spec.field(&Project::source, "source", "Where the source is; may override anything of its pack.");
  spec.field(&Project::destination, "destination", "Where the destination is.").required();
  spec.field(&Project::fallback_owner, "fallback_owner",
             "E-mail of the user who takes records whose owner has no match.")
      .check(problem_of_owner);
  spec.field(&Project::region, "region", "Country of phone numbers without one, as ISO 3166.")
      .check(problem_of_region);
  spec.field(&Project::time_zone, "time_zone", "IANA zone of dates without one.")
      .check(problem_of_zone);
  spec.field(&Project::load, "load", "How fast records are sent.");
  spec.field(&Project::network, "network", "How the two ends are reached from this machine.");
  spec.field(&Project::migration, "migration", "The migration's id, which its ledger knows too.");
  spec.field(&Project::sample_size, "sample_size", "Records of a sample.")
      .default_to(usual.sample_size)
      .between(1, 10'000);
}

Result<Project> read_project(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "flitstack.yaml";
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored))
    return Error{.fault = Fault::setup,
                 .message = "there is no migration in this folder",
                 .where = file.string(),
                 .remedy =
                     "Go to a project's folder, name it with --project DIR, or start one: "
                     "flitstack init PATH --source-url U --destination-url U"};
  FLIT_TRY(text, read_text_file(file));
  FLIT_TRY(node, yaml::read(file.string(), std::move(text)));
  return spec::read<Project>(node);
}

std::string write_project(const NewProject& project) {
  return fmt::format(
      R"(# One migration. Credentials are named here and never written here.
path: {}
migration: {}   # what the ledger is called; leave it

source:
  base_url: {}
  auth: {{value_from: "env:FLIT_SOURCE_TOKEN"}}   # or "file:PATH" (mode 0600), or "command:CMD"

destination:
  url: {}
  authority: {}
  tenant: {}
  client_id: {{env: FLIT_DEST_CLIENT_ID}}         # or file: PATH, or command: CMD
  client_secret: {{env: FLIT_DEST_CLIENT_SECRET}}
  # further_users:   # rows are loaded as these too; each application user has limits of its own
  #   - {{client_id: {{env: FLIT_DEST_CLIENT_ID_2}}, client_secret: {{env: FLIT_DEST_CLIENT_SECRET_2}}}}

# fallback_owner: admin@example.com   # takes records whose owner has no match
# region: US                          # country of phone numbers without one
# time_zone: America/Chicago          # of dates without one; the source's own by default
# load: {{lanes: 24, rows: 0}}          # rows 0: what the platform suggests
# sample_size: 200
# network: {{ca_file: authorities.pem, proxy: "http://proxy.example.com:3128"}}
)",
      yaml::written_as_text(project.path), yaml::written_as_text(project.id),
      yaml::written_as_text(project.source_url), yaml::written_as_text(project.destination_url),
      yaml::written_as_text(project.authority), yaml::written_as_text(project.tenant));
}

}  // namespace flit::wiring
