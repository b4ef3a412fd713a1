#pragma once
/// @file The parts that a generated installation is made of, in the order in which they are made.
///
/// First what everything refers to, then the claims of the awkward cases (which fix the ids), then
/// the records themselves, each object in id order.

#include "sim/interactive/generate/world.hpp"

namespace flit::sim::interactive {

void make_owners(World& world);
void make_pipelines(World& world);
void make_schema(World& world);
void make_tags(World& world);
void make_workflows(World& world);
void make_modules(World& world);
void make_clauses(World& world);

// awkward cases: claims, and edges between claimed records
void claim_contact_cases(World& world);
void claim_merge_cases(World& world);
void claim_company_cases(World& world);
void claim_deal_cases(World& world);
void claim_engagement_cases(World& world);
void claim_note_cases(World& world);
void claim_legal_cases(World& world);
void make_custom_objects(World& world);

void make_contacts(World& world);
void make_companies(World& world);
void make_deals(World& world);
void make_engagements(World& world);
void make_notes(World& world);
void make_matters(World& world);
void make_files(World& world);

}  // namespace flit::sim::interactive
