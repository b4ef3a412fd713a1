#include "sim/dataverse/service/kind.hpp"

#include "base/json_reader.hpp"
#include "sim/base/snapshot.hpp"
#include "sim/dataverse/service/dataverse_simulator.hpp"

namespace flit::sim::dataverse {
namespace {

Error setup(std::string message) {
  return Error{.fault = Fault::setup, .message = std::move(message)};
}

std::vector<std::string> texts(json::Value list) {
  std::vector<std::string> all;
  for (const json::Value each : list.elements()) all.emplace_back(each.string_or(""));
  return all;
}

/// [{"name", "email", "disabled", "application", "role", "roles", "privileges", "team",
///   "access_team"}, …]
Result<std::vector<UserSeed>> read_users(const std::string& path) {
  FLIT_TRY(text, read_file(path));
  FLIT_TRY(document, json::parse(text));
  if (!document.root().is_array()) return setup(path + ": a list of users was expected");
  std::vector<UserSeed> users;
  for (const json::Value each : document.root().elements()) {
    const auto flag = [&](std::string_view name, bool usual) {
      return each[name].as_boolean().value_or(usual);
    };
    UserSeed user;
    user.full_name = std::string(each["name"].string_or(""));
    user.email = std::string(each["email"].string_or(""));
    user.disabled = flag("disabled", false);
    user.application = flag("application", false);
    if (!flag("role", true)) user.roles.clear();
    if (each["roles"].is_array()) user.roles = texts(each["roles"]);
    user.privileges = texts(each["privileges"]);
    if (!user.privileges.empty() && !each["roles"].is_array()) user.roles.clear();
    user.access_team = flag("access_team", false);
    user.is_team = flag("team", false) || user.access_team;
    if (user.full_name.empty() || (user.email.empty() && !user.is_team))
      return setup(path + ": every user needs a name and an email, every team a name");
    users.push_back(std::move(user));
  }
  return users;
}

class DataverseKind : public Kind {
 public:
  KindInfo info() const override {
    return {.name = "dataverse",
            .summary = "Microsoft Dataverse (Dynamics 365 Sales): the Web API",
            .description =
                "Serves /api/data/v9.2/ with the standard tables, alternate keys, bulk "
                "messages, $batch, the metadata API and the service protection limits.",
            .examples = {"flitsim dataverse --port 8080",
                         "flitsim dataverse --limits real --servers 2"}};
  }

  void declare(sim::OptionSet& options) override {
    options.add({"--key-delay", "D", "How long the index of a new alternate key takes."},
                key_delay_);
    options.add(
        {"--metadata-lag", "D", "How long a new column stays unknown without Consistency: Strong."},
        metadata_lag_);
    options.add({"--recycle-bin", "", "Keep deleted rows for Restore."}, recycle_bin_);
    options.add(
        {"--allow-disabled-owners", "", "Let disabled users own rows (default: 0x8004022b)."},
        disabled_owners_);
    options.add({"--bulk-everywhere", "", "Let every table take the bulk messages."},
                bulk_everywhere_);
    options.add({"--cap-custom-tables", "", "Enforce Sales Professional's 15 custom tables."},
                cap_tables_);
    options.add({"--batch-needs-content-id", "", "Refuse change sets without Content-ID."},
                content_id_);
    options.add({"--organization", "NAME", "Its name; another one is another environment."},
                organization_);
    options.add({"--max-upload", "BYTES", "organization.maxuploadfilesize."}, max_upload_);
    options.add({"--dop-hint", "N", "The value of x-ms-dop-hint."}, dop_hint_);
  }

  Result<std::unique_ptr<Simulator>> start(const CommonOptions& common,
                                           const Surroundings& surroundings) override {
    SimulatorSettings settings;
    Settings& org = settings.organization;
    org.seed = common.seed;
    org.organization_name = organization_;
    if (common.users) {
      FLIT_TRY(users, read_users(*common.users));
      org.users = std::move(users);
    }
    if (common.licence == "professional")
      org.licence = Licence::professional;
    else if (!common.licence.empty() && common.licence != "enterprise")
      return setup("--licence must be professional or enterprise");
    using std::chrono::duration_cast;
    org.readings.key_index_delay = duration_cast<std::chrono::seconds>(key_delay_);
    org.readings.metadata_lag = duration_cast<std::chrono::seconds>(metadata_lag_);
    org.readings.disabled_owner_allowed = disabled_owners_;
    org.readings.bulk_on_every_table = bulk_everywhere_;
    org.readings.enforce_custom_table_cap = cap_tables_;
    org.readings.batch_needs_content_id = content_id_;
    org.recycle_bin = recycle_bin_;
    org.max_upload_bytes = max_upload_;
    settings.limits = common.limits == Limits::real;
    settings.servers = common.servers;
    settings.dop_hint = dop_hint_;
    if (common.cost_per_row)
      settings.cost.per_row = duration_cast<std::chrono::microseconds>(*common.cost_per_row);
    settings.snapshot = common.snapshot.value_or("");
    auto simulator = std::make_unique<DataverseSimulator>(std::move(settings), surroundings);
    if (common.schema) {
      FLIT_TRY(text, read_file(*common.schema));
      FLIT_TRY_VOID(simulator->preload_schema(*common.schema, text));
    }
    FLIT_TRY_VOID(simulator->load());
    return std::unique_ptr<Simulator>(std::move(simulator));
  }

 private:
  Duration key_delay_{0};
  Duration metadata_lag_{0};
  std::string organization_ = Settings{}.organization_name;
  bool recycle_bin_ = false;
  bool disabled_owners_ = false;
  bool bulk_everywhere_ = false;
  bool cap_tables_ = false;
  bool content_id_ = false;
  int max_upload_ = 5'242'880;
  int dop_hint_ = 5;
};

}  // namespace

std::unique_ptr<Kind> make_kind() {
  return std::make_unique<DataverseKind>();
}

}  // namespace flit::sim::dataverse
