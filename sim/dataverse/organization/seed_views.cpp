// System views, which savedQuery= (§13) reads: one per table that a salesperson opens. Names as the
// product ships them; what they show is the least that their names promise.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/dataverse/organization/seeder.hpp"

namespace flit::sim::dataverse {
namespace {

struct View {
  std::string_view name;
  std::string_view table;
  std::string_view columns;  ///< separated by commas, the first one sorts
};

constexpr std::array<View, 4> views{{
    {"Active Accounts", "account", "name,telephone1,address1_city,primarycontactid"},
    {"Active Contacts", "contact", "fullname,emailaddress1,parentcustomerid,telephone1"},
    {"Open Leads", "lead", "fullname,subject,createdon"},
    {"Open Opportunities", "opportunity", "name,parentaccountid,estimatedvalue"},
}};

std::string fetch_of(const View& view) {
  std::string attributes;
  std::string_view rest = view.columns;
  while (!rest.empty()) {
    const std::string_view column = rest.substr(0, rest.find(','));
    attributes += fmt::format("<attribute name=\"{}\" />", column);
    rest.remove_prefix(std::min(column.size() + 1, rest.size()));
  }
  return fmt::format(
      "<fetch version=\"1.0\" mapping=\"logical\"><entity name=\"{0}\">{1}<order "
      "attribute=\"{2}\" descending=\"false\" /><filter type=\"and\"><condition "
      "attribute=\"statecode\" operator=\"eq\" value=\"0\" /></filter></entity></fetch>",
      view.table, attributes, view.columns.substr(0, view.columns.find(',')));
}

}  // namespace

void seed_views(Seeder& seeder) {
  for (const View& view : views) {
    const std::string fetch = fetch_of(view);
    seeder.put("savedquery", known_id("view:" + std::string(view.name)),
               {{"name", Cell::of_text(view.name)},
                {"returnedtypecode", Cell::of_text(view.table)},
                {"querytype", Cell::integer(0)},
                {"isdefault", Cell::boolean(true)},
                {"fetchxml", Cell::of_text(fetch)}});
  }
}

}  // namespace flit::sim::dataverse
