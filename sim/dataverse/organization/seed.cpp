#include "sim/dataverse/organization/seed.hpp"

#include "base/check.hpp"
#include "sim/dataverse/organization/organization.hpp"
#include "sim/dataverse/organization/seeder.hpp"
#include "sim/dataverse/security/privileges.hpp"
#include "sim/dataverse/write/checks.hpp"
#include "sim/dataverse/write/row_draft.hpp"

namespace flit::sim::dataverse {
namespace {

void seed_organization(Organization& org, Seeder& seeder) {
  const std::string& name = org.settings.organization_name;
  org.known.organization =
      known_id("organization" + (name == Settings{}.organization_name ? "" : " " + name));
  org.known.business_unit = known_id("businessunit");
  org.known.base_currency = known_id("transactioncurrency");
  org.known.default_publisher = known_id("publisher");
  org.known.default_solution = known_id("solution");
  const std::string& iso = org.settings.base_currency;
  seeder.put("transactioncurrency", org.known.base_currency,
             {{"currencyname", Cell::of_text(iso == "EUR" ? "Euro" : iso)},
              {"isocurrencycode", Cell::of_text(iso)},
              {"currencysymbol", Cell::of_text(iso == "EUR" ? "€" : iso)},
              {"currencyprecision", Cell::integer(2)},
              {"exchangerate", Cell::decimal("1")}});
  seeder.put("businessunit", org.known.business_unit,
             {{"name", Cell::of_text(org.settings.organization_name)}});
  seeder.put("organization", org.known.organization,
             {{"name", Cell::of_text(org.settings.organization_name)},
              {"maxuploadfilesize", Cell::integer(org.settings.max_upload_bytes)},
              {"blockedattachments", Cell::of_text(org.settings.blocked_attachments)},
              {"isduplicatedetectionenabled", Cell::boolean(true)},
              {"languagecode", Cell::integer(1033)},
              {"pricingdecimalprecision", Cell::integer(2)},
              {"currencydecimalprecision", Cell::integer(2)},
              {"fullnameconventioncode", Cell::integer(1)},  // first name, last name
              {"expirechangetrackingindays", Cell::integer(7)},
              {"basecurrencyid", seeder.lookup("transactioncurrency", org.known.base_currency)}});
}

void seed_solution(Organization& org, Seeder& seeder) {
  seeder.put("publisher", org.known.default_publisher,
             {{"uniquename", Cell::of_text("DefaultPublisherSimulated")},
              {"friendlyname", Cell::of_text("Default Publisher for Simulated")},
              {"customizationprefix", Cell::of_text("new")},
              {"customizationoptionvalueprefix", Cell::integer(10000)}});
  seeder.put("solution", org.known.default_solution,
             {{"uniquename", Cell::of_text("Default")},
              {"friendlyname", Cell::of_text("Default Solution")},
              {"version", Cell::of_text("1.0")},
              {"publisherid", seeder.lookup("publisher", org.known.default_publisher)}});
}

Uuid role_id(std::string_view name) {
  return known_id("role:" + std::string(name));
}

void seed_role(Organization& org, Seeder& seeder, const RoleSeed& role) {
  const Uuid id = role_id(role.name);
  seeder.put("role", id,
             {{"name", Cell::of_text(role.name)},
              {"businessunitid", seeder.lookup("businessunit", org.known.business_unit)}});
  if (role.name == administrator_role) {
    org.roles.define_administrator(id);
    return;
  }
  std::vector<Grant> grants;
  for (const std::string& privilege : role.privileges) grants.push_back(Grant::parse(privilege));
  org.roles.define(id, std::move(grants));
}

/// The named roles, and one of its own for privileges that are listed with the user.
void give_roles(Organization& org, Seeder& seeder, const UserSeed& user, const Uuid& id) {
  LinkTable& links =
      org.store->links(user.is_team ? "teamroles_association" : "systemuserroles_association");
  for (const std::string& name : user.roles) links.add(id, role_id(name));
  if (user.privileges.empty()) return;
  const std::string own = "Privileges of " + user.full_name;
  seed_role(org, seeder, {own, user.privileges});
  links.add(id, role_id(own));
}

void seed_user(Organization& org, Seeder& seeder, const UserSeed& user) {
  const Uuid id = known_id("user:" + user.email);
  const std::size_t blank = user.full_name.find(' ');
  const std::string first = blank == std::string::npos ? "" : user.full_name.substr(0, blank);
  const std::string last =
      blank == std::string::npos ? user.full_name : user.full_name.substr(blank + 1);
  org.store->ref_of(id, false);
  seeder.put("systemuser", id,
             {{"firstname", first.empty() ? Cell{} : Cell::of_text(first)},
              {"lastname", Cell::of_text(last)},
              {"domainname", Cell::of_text(user.email)},
              {"internalemailaddress", Cell::of_text(user.email)},
              {"isdisabled", Cell::boolean(user.disabled)},
              {"islicensed", Cell::boolean(!user.application)},
              {"azureactivedirectoryobjectid", Cell::uuid(known_id("entra:" + user.email))},
              {"applicationid",
               user.application ? Cell::uuid(known_id("application:" + user.email)) : Cell{}},
              {"accessmode", Cell::integer(user.application ? 4 : 0)},
              {"businessunitid", seeder.lookup("businessunit", org.known.business_unit)}});
  if (user.application && org.known.default_user.is_nil()) org.known.default_user = id;
  give_roles(org, seeder, user, id);
}

void seed_team(Organization& org, Seeder& seeder, const UserSeed& team) {
  const Uuid id = known_id("team:" + team.full_name);
  org.store->ref_of(id, true);
  seeder.put("team", id,
             {{"name", Cell::of_text(team.full_name)},
              {"teamtype", Cell::integer(team.access_team ? 1 : 0)},
              {"businessunitid", seeder.lookup("businessunit", org.known.business_unit)},
              {"administratorid", seeder.lookup("systemuser", org.known.default_user)}});
  if (!team.access_team) give_roles(org, seeder, team, id);
}

/// SYSTEM, who owns what nobody made.
void seed_system(Organization& org, Seeder& seeder) {
  org.known.system_user = known_id("user:SYSTEM");
  org.store->ref_of(org.known.system_user, false);
  seeder.put("systemuser", org.known.system_user,
             {{"lastname", Cell::of_text("SYSTEM")},
              {"domainname", Cell::of_text("SYSTEM")},
              {"isdisabled", Cell::boolean(true)},
              {"accessmode", Cell::integer(3)},
              {"businessunitid", seeder.lookup("businessunit", org.known.business_unit)}});
  org.store->links("systemuserroles_association")
      .add(org.known.system_user, role_id(administrator_role));
}

}  // namespace

void Seeder::put(std::string_view table_name, const Uuid& id, std::initializer_list<Part> parts,
                 int state) {
  const Table& table = organization_.table(table_name);
  RowDraft draft;
  for (const auto& [name, cell] : parts) {
    const Column* column = table.column(name);
    FLIT_CHECK(column != nullptr, "seeded columns are shipped");
    draft.set(column->index, cell);
  }
  auto row = std::make_unique<Row>();
  row->head.id = id;
  row->head.version = row->head.created_version = organization_.store->next_version();
  row->head.created_on = row->head.modified_on = organization_.now();
  if (table.state_column() != nullptr) {
    row->head.state = state;
    row->head.status = default_status(table, state);
  }
  row->pack(draft.sorted());
  organization_.store->open(table).put(std::move(row));
}

Uuid known_id(std::string_view name) {
  return metadata_id_of("row", name);
}

std::vector<UserSeed> default_users() {
  return {
      {.full_name = "Flit Loader", .email = "flit@simulated.example", .application = true},
      {.full_name = "Flit Loader Two", .email = "flit2@simulated.example", .application = true},
      {.full_name = "Ada Berg", .email = "ada.berg@simulated.example"},
      {.full_name = "Jonas Falk", .email = "jonas.falk@simulated.example"},
      {.full_name = "Mira Solheim", .email = "mira.solheim@simulated.example"},
      {.full_name = "Otto Gone", .email = "otto.gone@simulated.example", .disabled = true},
      {.full_name = "Nora Roleless", .email = "nora.roleless@simulated.example", .roles = {}},
      {.full_name = "Sales Team", .is_team = true},
      {.full_name = "Access Team", .is_team = true, .access_team = true},
  };
}

std::vector<RoleSeed> default_roles() {
  RoleSeed sales{.name = "Salesperson", .privileges = {"prvRead*", "prvAppend*"}};
  for (const char* table :
       {"Account", "Contact", "Lead", "Opportunity", "Activity", "Note", "Connection"}) {
    sales.privileges.push_back(std::string("prvCreate") + table);
    for (const char* verb : {"prvWrite", "prvDelete", "prvAssign", "prvShare"})
      sales.privileges.push_back(verb + std::string(table) + ":own");
  }
  return {{.name = std::string(administrator_role)},
          std::move(sales),
          {.name = "Delegate", .privileges = {"prvActOnBehalfOfAnotherUser"}}};
}

void seed(Organization& organization) {
  Seeder seeder(organization);
  organization.known = {};
  seed_organization(organization, seeder);
  seed_solution(organization, seeder);
  for (const RoleSeed& role : organization.settings.roles) seed_role(organization, seeder, role);
  for (const UserSeed& user : organization.settings.users)
    if (!user.is_team) seed_user(organization, seeder, user);
  if (organization.known.default_user.is_nil())
    seed_user(organization, seeder, default_users().front());
  for (const UserSeed& team : organization.settings.users)
    if (team.is_team) seed_team(organization, seeder, team);
  seed_system(organization, seeder);
  seed_process_flows(seeder);
  seed_views(seeder);
  settle_privileges(organization);
}

}  // namespace flit::sim::dataverse
