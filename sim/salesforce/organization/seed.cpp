#include "sim/salesforce/organization/seed.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.hpp"
#include "sim/salesforce/values/read_value.hpp"

namespace flit::sim::salesforce {
namespace {

struct Stage {
  const char* name;
  int probability;
  bool closed;
  bool won;
  const char* forecast;
};

// §7; the probabilities are likely, not documented.
constexpr Stage stages[] = {{"Prospecting", 10, false, false, "Pipeline"},
                            {"Qualification", 10, false, false, "Pipeline"},
                            {"Needs Analysis", 20, false, false, "Pipeline"},
                            {"Value Proposition", 50, false, false, "Pipeline"},
                            {"Id. Decision Makers", 60, false, false, "Pipeline"},
                            {"Perception Analysis", 70, false, false, "Pipeline"},
                            {"Proposal/Price Quote", 75, false, false, "Pipeline"},
                            {"Negotiation/Review", 90, false, false, "Pipeline"},
                            {"Closed Won", 100, true, true, "Closed"},
                            {"Closed Lost", 0, true, false, "Omitted"}};

void seed_statuses(Organization& org) {
  int order = 0;
  for (const Stage& stage : stages)
    seed_row(org, "OpportunityStage",
             {{"MasterLabel", stage.name},
              {"ApiName", stage.name},
              {"IsActive", "true"},
              {"SortOrder", std::to_string(++order)},
              {"IsClosed", stage.closed ? "true" : "false"},
              {"IsWon", stage.won ? "true" : "false"},
              {"ForecastCategory", stage.forecast},
              {"ForecastCategoryName", stage.forecast},
              {"DefaultProbability", std::to_string(stage.probability)}});
  order = 0;
  for (const char* name : {"Open - Not Contacted", "Working - Contacted", "Closed - Converted",
                           "Closed - Not Converted"})
    seed_row(org, "LeadStatus",
             {{"MasterLabel", name},
              {"ApiName", name},
              {"SortOrder", std::to_string(++order)},
              {"IsDefault", order == 1 ? "true" : "false"},
              {"IsConverted", order == 3 ? "true" : "false"}});
  order = 0;
  for (const char* name :
       {"Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred"})
    seed_row(org, "TaskStatus",
             {{"MasterLabel", name},
              {"ApiName", name},
              {"SortOrder", std::to_string(++order)},
              {"IsDefault", order == 1 ? "true" : "false"},
              {"IsClosed", order == 3 ? "true" : "false"}});
}

RecordId seed_user(Organization& org, const UserSeed& user, RecordId profile) {
  const std::string alias =
      user.username.substr(0, std::min<std::size_t>(8, user.username.find('@')));
  const std::string name =
      user.first_name.empty() ? user.last_name : user.first_name + " " + user.last_name;
  return seed_row(org, "User",
                  {{"Username", user.username},
                   {"LastName", user.last_name},
                   {"FirstName", user.first_name},
                   {"Name", name},
                   {"Email", user.email.empty() ? user.username : user.email},
                   {"Alias", alias},
                   {"CommunityNickname", alias},
                   {"IsActive", user.active ? "true" : "false"},
                   {"TimeZoneSidKey", "GMT"},
                   {"LocaleSidKey", "en_US"},
                   {"EmailEncodingKey", "UTF-8"},
                   {"LanguageLocaleKey", "en_US"},
                   {"ProfileId", profile.text()},
                   {"UserType", "Standard"}});
}

std::string_view edition_name(Edition edition) {
  switch (edition) {
    case Edition::developer:
      return "Developer Edition";
    case Edition::professional:
      return "Professional Edition";
    case Edition::enterprise:
      return "Enterprise Edition";
    case Edition::unlimited:
      return "Unlimited Edition";
  }
  return "";
}

}  // namespace

RecordId seed_row(Organization& org, std::string_view object_name, const SeedValues& values) {
  const Object& object = org.object(object_name);
  Scratch scratch;
  std::vector<FieldCell> cells;
  for (const auto& [name, text] : values) {
    const Field* field = object.find(name);
    FLIT_CHECK(field != nullptr, "a seeded field exists");
    if (field->home != Home::cells || text.empty()) continue;
    const auto cell = read_text(*field, text, scratch);
    FLIT_CHECK(cell.has_value(), "a seeded value fits its field");
    cells.emplace_back(field->index, *cell);
  }
  std::sort(cells.begin(), cells.end(),
            [](const FieldCell& a, const FieldCell& b) { return a.first < b.first; });
  auto row = std::make_unique<Row>();
  row->head.id = org.store->next_id(object);
  row->head.created_by = row->head.modified_by =
      org.known.user ? org.known.user : RecordId(RecordId::prefix_of("005"), 1);
  row->head.created_ms = row->head.modified_ms = row->head.stamp_ms = org.now_ms();
  row->pack(cells);
  const RecordId id = row->head.id;
  org.store->table(object).put(std::move(row));
  return id;
}

void seed_organization(Organization& org) {
  const Settings& settings = org.settings;
  org.known.organization =
      seed_row(org, "Organization",
               {{"Name", "FlitStack Simulated Org"},
                {"OrganizationType", std::string(edition_name(settings.edition))},
                {"IsSandbox", settings.features.sandbox ? "true" : "false"},
                {"InstanceName", "SIM1"},
                {"LanguageLocaleKey", "en_US"},
                {"DefaultLocaleSidKey", "en_US"},
                {"TimeZoneSidKey", "GMT"}});
  org.known.profile =
      seed_row(org, "Profile", {{"Name", "System Administrator"}, {"UserType", "Standard"}});
  org.known.standard_profile =
      seed_row(org, "Profile", {{"Name", "Standard User"}, {"UserType", "Standard"}});
  org.known.user = seed_user(
      org, {.first_name = "Flit", .last_name = "Integration", .username = settings.username},
      org.known.profile);
  for (const UserSeed& user : settings.users) {
    if (user.queue)
      seed_row(org, "Group",
               {{"Name", user.last_name}, {"DeveloperName", user.last_name}, {"Type", "Queue"}});
    else
      seed_user(
          org, user,
          user.profile == "System Administrator" ? org.known.profile : org.known.standard_profile);
  }
  seed_statuses(org);
  org.known.price_book =
      seed_row(org, "Pricebook2",
               {{"Name", "Standard Price Book"}, {"IsStandard", "true"}, {"IsActive", "true"}});
}

}  // namespace flit::sim::salesforce
