#pragma once
/// @file What is special about a table: hooks around create, update and delete.
///
/// Fact sheet §12, §14. A hook sees the draft before it is checked and stored, or the stored rows
/// afterwards, and may refuse; then the whole operation is rolled back. Hooks of activities run for
/// every activity table, before those of the table itself.

#include <array>

#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

struct RuleSet {
  Answer<void> (*before_create)(Work&, const Table&, RowDraft&) = nullptr;
  Answer<void> (*after_create)(Work&, const Table&, const Row&, RowDraft&) = nullptr;
  Answer<void> (*before_update)(Work&, const Table&, const Row&, RowDraft&) = nullptr;
  Answer<void> (*after_update)(Work&, const Table&, const Row& before, const Row& after) = nullptr;
  Answer<void> (*before_delete)(Work&, const Table&, const Row&) = nullptr;
  Answer<void> (*after_delete)(Work&, const Table&, const Row&) = nullptr;
};

/// The rule sets of a table, in order; unused places are empty sets.
std::array<const RuleSet*, 2> rules_of(const Table& table);

extern const RuleSet activity_rules;
extern const RuleSet activity_pointer_rules;
extern const RuleSet activity_party_rules;
extern const RuleSet annotation_rules;
extern const RuleSet attachment_rules;
extern const RuleSet file_attachment_rules;
extern const RuleSet connection_rules;
extern const RuleSet opportunity_rules;
extern const RuleSet lead_rules;
extern const RuleSet customer_address_owner_rules;
extern const RuleSet publisher_rules;
extern const RuleSet solution_rules;
extern const RuleSet user_rules;
extern const RuleSet flow_instance_rules;
extern const RuleSet workflow_rules;

}  // namespace flit::sim::dataverse
