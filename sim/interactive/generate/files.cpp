// Files: ordinary ones made from a number, and the content of the awkward ones (cases_files.cpp).

#include "sim/interactive/generate/parts.hpp"

namespace flit::sim::interactive {
void make_files(World&) {}
void claim_contact_cases(World&) {}
void claim_merge_cases(World& world) {
  world.data.purged["contacts"] = {
      world.contacts.claim_extra([](Draft& draft) { draft.created_ms = 0; })};
}
void claim_company_cases(World&) {}
void claim_deal_cases(World&) {}
void claim_engagement_cases(World&) {}
void claim_note_cases(World&) {}
void claim_legal_cases(World&) {}
}  // namespace flit::sim::interactive
