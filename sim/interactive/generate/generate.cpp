#include "sim/interactive/generate/parts.hpp"

namespace flit::sim::interactive {

std::unique_ptr<Dataset> generate(const GenerateSettings& settings) {
  auto data = std::make_unique<Dataset>();
  data->seed = settings.seed;
  data->account.name = "Lund & Kim Law";
  data->account.edition = "firm";
  data->account.domain = "firm.example";
  data->add_standard_objects();
  World world(*data, settings);
  data->clock_ms = world.now_ms;
  for (const auto part : {make_owners, make_pipelines, make_schema, make_tags, make_workflows,
                          make_modules, make_clauses})
    part(world);
  if (settings.has_cases())
    for (const auto part :
         {claim_contact_cases, claim_merge_cases, claim_company_cases, claim_deal_cases,
          claim_engagement_cases, claim_note_cases, claim_legal_cases})
      part(world);
  for (const auto part : {make_contacts, make_companies, make_deals, make_engagements, make_notes,
                          make_matters, make_custom_objects, make_files})
    part(world);
  data->seal();
  return data;
}

}  // namespace flit::sim::interactive
