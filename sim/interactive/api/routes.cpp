#include "sim/interactive/api/routes.hpp"

#include <array>

#include "base/text.hpp"

namespace flit::sim::interactive {

namespace {

// more literal paths first
constexpr std::array<Route, 26> routes{{
    {"GET", "/me", "", "", get_me},
    {"GET", "/account", "account.read", "", get_account},
    {"GET", "/account/modules", "account.read", "", get_modules},
    {"GET", "/schema/objects", "crm.read", "", get_objects},
    {"GET", "/schema/objects/{object}/properties", "crm.read", "", get_properties},
    {"GET", "/schema/associations", "crm.read", "", get_association_types},
    {"GET", "/objects/deals/{id}/stage-history", "crm.read", "", list_stage_history_of_deal},
    {"POST", "/objects/{object}/batch/read", "crm.read", "", batch_read},
    {"GET", "/objects/{object}/count", "crm.read", "", count_records},
    {"GET", "/objects/{object}/{id}/associations/{to}", "crm.read", "", list_edges_of_record},
    {"GET", "/objects/{object}/{id}", "crm.read", "", get_record},
    {"GET", "/objects/{object}", "crm.read", "", list_records},
    {"GET", "/associations/{from}/{to}", "crm.read", "", list_edges},
    {"GET", "/owners", "owners.read", "", list_owners},
    {"GET", "/pipelines", "pipelines.read", "", get_pipelines},
    {"GET", "/deals/stage-history", "crm.read", "", list_stage_history},
    {"GET", "/files", "files.read", "documents", list_files},
    {"GET", "/files/{id}", "files.read", "documents", get_file},
    {"GET", "/files/{id}/content", "files.read", "documents", get_file_content},
    {"GET", "/tags", "tags.read", "", list_tags},
    {"GET", "/workflows", "workflows.read", "workflows", list_workflows},
    {"GET", "/workflows/{id}", "workflows.read", "workflows", get_workflow},
    {"GET", "/clause-library", "legal.read", "clause_library", get_clause_library},
    {"GET", "/clause-library/clauses", "legal.read", "clause_library", list_clauses},
    {"GET", "/clause-library/clauses/{id}/body", "legal.read", "clause_library", get_clause_body},
    {"GET", "/hotdocs/templates", "legal.read", "", nullptr},
}};

bool matches(const Route& route, const std::vector<std::string>& segments,
             std::vector<std::string_view>& captures) {
  if (route.path.empty()) return false;
  const auto parts = text::split(route.path.substr(1), "/");
  if (parts.size() != segments.size()) return false;
  captures.clear();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].starts_with('{'))
      captures.push_back(segments[i]);
    else if (parts[i] != segments[i])
      return false;
  }
  return true;
}

}  // namespace

std::optional<FoundRoute> find_route(std::string_view method,
                                     const std::vector<std::string>& segments) {
  std::vector<std::string_view> captures;
  for (const Route& route : routes)
    if (route.method == method && matches(route, segments, captures))
      return FoundRoute{&route, std::move(captures)};
  return std::nullopt;
}

}  // namespace flit::sim::interactive
