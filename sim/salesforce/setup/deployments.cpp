#include "sim/salesforce/setup/deployments.hpp"

#include <algorithm>
#include <mutex>

#include "base/time.hpp"
#include "sim/salesforce/metadata/package.hpp"

namespace flit::sim::salesforce {
namespace {

std::string stamp(Instant instant) {
  return format_instant(instant, {.fraction_digits = 3, .style = OffsetStyle::compact});
}

void write_component(json::Writer& out, const ComponentResult& component) {
  out.begin_object().member("componentType", component.type);
  out.member("fullName", component.full_name).member("fileName", component.file);
  if (!component.id.empty()) out.member("id", component.id);
  out.member("success", component.success()).member("changed", component.changed);
  out.member("created", component.created).member("deleted", component.deleted);
  if (!component.success()) {
    out.member("problem", component.problem).member("problemType", "Error");
    out.member("lineNumber", 1).member("columnNumber", 1);
  }
  out.end_object();
}

void write_components(json::Writer& out, const std::vector<ComponentResult>& components,
                      bool successes) {
  out.key(successes ? "componentSuccesses" : "componentFailures").begin_array();
  for (const ComponentResult& component : components)
    if (component.success() == successes) write_component(out, component);
  out.end_array();
}

std::size_t failures(const std::vector<ComponentResult>& components) {
  return static_cast<std::size_t>(
      std::count_if(components.begin(), components.end(),
                    [](const ComponentResult& component) { return !component.success(); }));
}

}  // namespace

DeployOptions DeployOptions::read(json::Value options) {
  const auto flag = [&](std::string_view name, bool usual) {
    return options[name].as_boolean().value_or(usual);
  };
  return {.check_only = flag("checkOnly", false),
          .rollback_on_error = flag("rollbackOnError", false),
          .ignore_warnings = flag("ignoreWarnings", false),
          .allow_missing_files = flag("allowMissingFiles", false),
          .test_level = std::string(options["testLevel"].string_or(""))};
}

std::string Deployments::Deployment::status() const {
  if (success) return "Succeeded";
  const bool some = failures(components) < components.size();
  return error.empty() && some && !options.rollback_on_error ? "SucceededPartial" : "Failed";
}

Answer<void> Deployments::check(const DeployOptions& options) const {
  if (org_.settings.features.sandbox) return {};
  if (!options.rollback_on_error && !options.check_only)
    return refuse("INVALID_OPERATION", "rollbackOnError must be true in a production org");
  if (options.test_level == "NoTestRun")
    return refuse("INVALID_OPERATION",
                  "testLevel of NoTestRun cannot be used in production organizations");
  return {};
}

std::string Deployments::start(std::string_view zip, const DeployOptions& options, RecordId user) {
  auto made = std::make_shared<Deployment>();
  made->options = options;
  made->user = user.text();
  made->at = stamp(org_.now());
  run(*made, zip);
  return deployments_.with([&](auto& all) {
    made->id = RecordId(RecordId::prefix_of("0Af"), all.size() + 1).text();
    all.emplace(made->id.substr(0, 15), made);
    return made->id;
  });
}

/// Every component for itself; with rollbackOnError one failure takes all of them back, with
/// checkOnly nothing stays in any case.
void Deployments::run(Deployment& deployment, std::string_view zip) {
  const auto files = metadata::read_zip(zip);
  if (!files) {
    deployment.error = files.error().message;
    return;
  }
  auto package = metadata::read_package(*files);
  if (!package) {
    deployment.error = package.error().text();
    return;
  }
  if (!deployment.options.allow_missing_files)
    for (const metadata::PackageProblem& problem : package->problems)
      deployment.components.push_back({.type = "",
                                       .full_name = problem.full_name,
                                       .file = problem.file,
                                       .problem = problem.text});
  const std::unique_lock lock(org_.mutex);
  SchemaSetup setup(org_, value_sets_);
  for (const metadata::Component& component : package->components)
    deployment.components.push_back(setup.save(component));
  deployment.success = failures(deployment.components) == 0;
  const bool keep = !deployment.options.check_only &&
                    (deployment.success || !deployment.options.rollback_on_error);
  if (!keep) setup.undo();
  setup.finish();
}

void Deployments::write_head(json::Writer& out, const Deployment& deployment, bool done) {
  const std::size_t failed = failures(deployment.components);
  out.member("id", deployment.id).member("checkOnly", deployment.options.check_only);
  out.member("ignoreWarnings", deployment.options.ignore_warnings);
  out.member("rollbackOnError", deployment.options.rollback_on_error);
  out.member("status", done ? deployment.status() : "Pending").member("done", done);
  out.member("success", done && deployment.success).member("runTestsEnabled", false);
  out.member("createdBy", deployment.user).member("createdDate", deployment.at);
  if (!done) return;
  out.member("startDate", deployment.at).member("completedDate", deployment.at);
  out.member("lastModifiedDate", deployment.at);
  out.member("numberComponentsTotal", deployment.components.size());
  out.member("numberComponentsDeployed", deployment.components.size() - failed);
  out.member("numberComponentErrors", failed);
  out.member("numberTestsTotal", 0).member("numberTestsCompleted", 0);
  out.member("numberTestErrors", 0);
  if (!deployment.error.empty())
    out.member("errorMessage", deployment.error).member("errorStatusCode", "UNKNOWN_EXCEPTION");
}

std::optional<std::string> Deployments::pending(std::string_view id) const {
  return deployments_.with([&](const auto& all) -> std::optional<std::string> {
    const auto found = all.find(id.substr(0, 15));
    if (found == all.end()) return std::nullopt;
    json::Writer out;
    out.begin_object();
    write_head(out, *found->second, false);
    return out.end_object().take();
  });
}

std::optional<std::string> Deployments::result(std::string_view id, bool details) const {
  return deployments_.with([&](const auto& all) -> std::optional<std::string> {
    const auto found = all.find(id.substr(0, 15));
    if (found == all.end()) return std::nullopt;
    const Deployment& deployment = *found->second;
    json::Writer out;
    out.begin_object();
    write_head(out, deployment, true);
    if (details) {
      out.key("details").begin_object();
      write_components(out, deployment.components, true);
      write_components(out, deployment.components, false);
      out.key("runTestResult").begin_object().member("numFailures", 0).member("numTestsRun", 0);
      out.member("totalTime", 0.0).end_object().end_object();
    }
    return out.end_object().take();
  });
}

bool Deployments::exists(std::string_view id) const {
  return deployments_.with([&](const auto& all) { return all.contains(id.substr(0, 15)); });
}

void Deployments::clear() {
  deployments_.with([](auto& all) { all.clear(); });
}

}  // namespace flit::sim::salesforce
