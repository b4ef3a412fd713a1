#pragma once
/// @file The instance table of a business process flow, which its first activation makes (§12).

#include <string>
#include <string_view>
#include <vector>

#include "sim/dataverse/organization/organization.hpp"

namespace flit::sim::dataverse {

struct FlowTable {
  std::string unique_name{};  ///< as the workflow has it: "acme_LoanProcess"
  std::string display_name{};
  std::vector<std::string> tables{};  ///< that its stages belong to, the primary one first
};

/// Makes the table if it is not there, gives the tables of the flow their process columns, and
/// notes both for snapshots. Stages in further tables bring further lookups. REQUIRES: the
/// exclusive lock.
void ensure_flow_table(Organization& org, const FlowTable& flow);

/// The note that a snapshot keeps, and back. `body` is what the note holds.
std::string flow_table_note(const FlowTable& flow);
void restore_flow_table(Organization& org, std::string_view body);

/// Marks such a note among the metadata requests.
inline constexpr std::string_view flow_table_request = "FLOW";

}  // namespace flit::sim::dataverse
