#include "sim/salesforce/service/kind.hpp"

#include "base/json_reader.hpp"
#include "sim/base/snapshot.hpp"
#include "sim/salesforce/service/salesforce_simulator.hpp"

namespace flit::sim::salesforce {
namespace {

Error setup(std::string message) {
  return Error{.fault = Fault::setup, .message = std::move(message)};
}

/// [{"first_name", "last_name", "username", "email", "profile", "active", "queue"}, …]
Result<std::vector<UserSeed>> read_users(const std::string& path) {
  FLIT_TRY(text, read_file(path));
  FLIT_TRY(document, json::parse(text));
  if (!document.root().is_array()) return setup(path + ": a list of users was expected");
  std::vector<UserSeed> users;
  for (const json::Value each : document.root().elements()) {
    UserSeed user;
    user.first_name = std::string(each["first_name"].string_or(""));
    user.last_name = std::string(each["last_name"].string_or(""));
    user.username = std::string(each["username"].string_or(each["email"].string_or("")));
    user.email = std::string(each["email"].string_or(user.username));
    user.profile = std::string(each["profile"].string_or(user.profile));
    user.active = each["active"].as_boolean().value_or(true);
    user.queue = each["queue"].as_boolean().value_or(false);
    if (user.last_name.empty() || (user.username.empty() && !user.queue))
      return setup(path + ": every user needs a last_name and a username, every queue a last_name");
    users.push_back(std::move(user));
  }
  return users;
}

class SalesforceKind : public Kind {
 public:
  KindInfo info() const override {
    return {.name = "salesforce",
            .summary = "Salesforce (Sales Cloud): REST, SOQL, Bulk API",
            .description =
                "Serves /services/data/ with the standard objects, composite resources, describes, "
                "OAuth and the limits of an org.",
            .examples = {"flitsim salesforce --port 8080",
                         "flitsim salesforce --limits real --edition enterprise"}};
  }

  void declare(OptionSet& options) override {
    options.add_choice({"--edition", "NAME",
                        "What the org may use: developer, professional, enterprise, unlimited."},
                       org_.edition,
                       {{"developer", Edition::developer},
                        {"professional", Edition::professional},
                        {"enterprise", Edition::enterprise},
                        {"unlimited", Edition::unlimited}});
    options.add(
        {"--certificate", "FILE", "PEM certificate or public key of who signs JWT assertions."},
        certificate_);
    options.add({"--username", "NAME", "Username of the API's user."}, org_.username);
    options.add({"--password", "TEXT", "What passwords begin with; a security token may follow."},
                org_.password);
    options.add({"--rules", "FILE", "Validation and duplicate rules, JSON."}, rules_);
    options.add({"--audit-fields", "", "Let the API's user set audit fields on insert."},
                org_.permissions.create_audit_fields);
    options.add({"--inactive-owners", "", "Let inactive users own records."},
                org_.permissions.update_with_inactive_owner);
    options.add({"--hard-delete", "", "Give the API's user Bulk API Hard Delete."},
                org_.permissions.bulk_hard_delete);
    options.add({"--edit-converted-leads", "", "Let the API's user change converted leads."},
                org_.permissions.edit_converted_leads);
    options.add({"--production", "", "Organization.IsSandbox is false."}, production_);
    options.add({"--one-account-per-contact", "", "Contacts to Multiple Accounts is off."},
                one_account_);
    options.add({"--data-storage", "MB", "Room for records; 0: plenty."}, org_.data_storage_mb);
    options.add({"--file-storage", "MB", "Room for files; 0: plenty."}, org_.file_storage_mb);
  }

  Result<std::unique_ptr<Simulator>> start(const CommonOptions& common,
                                           const Surroundings& surroundings) override {
    SimulatorSettings settings;
    settings.organization = org_;
    Settings& org = settings.organization;
    org.seed = common.seed;
    org.features.sandbox = !production_;
    org.features.contacts_to_multiple_accounts = !one_account_;
    if (!common.licence.empty()) return setup("--licence says nothing here; see --edition");
    if (common.users) {
      FLIT_TRY(users, read_users(*common.users));
      org.users = std::move(users);
    }
    if (!certificate_.empty()) {
      FLIT_TRY(pem, read_file(certificate_));
      org.certificate = std::move(pem);
    }
    if (common.schema) {
      FLIT_TRY(text, read_file(*common.schema));
      settings.schema = std::move(text);
    }
    if (!rules_.empty()) {
      FLIT_TRY(text, read_file(rules_));
      FLIT_TRY(document, json::parse(text));
      FLIT_TRY(rules, BusinessRules::read(document.root()));
      settings.rules = std::move(rules);
    }
    settings.limits = org.daily_limits = common.limits == Limits::real;
    settings.snapshot = common.snapshot.value_or("");
    if (common.cost_per_row)
      settings.cost.per_written =
          std::chrono::duration_cast<std::chrono::microseconds>(*common.cost_per_row);
    auto simulator = std::make_unique<SalesforceSimulator>(std::move(settings), surroundings);
    FLIT_TRY_VOID(simulator->load());
    return std::unique_ptr<Simulator>(std::move(simulator));
  }

 private:
  Settings org_{};
  std::string certificate_{};
  std::string rules_{};
  bool production_ = false;
  bool one_account_ = false;
};

}  // namespace

std::unique_ptr<Kind> make_kind() {
  return std::make_unique<SalesforceKind>();
}

}  // namespace flit::sim::salesforce
