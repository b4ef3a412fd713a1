#pragma once
/// @file May this caller do that? (fact sheet §2, §9)
///
/// Privileges are judged by table, own rows and shares by row. REQUIRES: the organization's lock,
/// shared or not.

#include "sim/dataverse/errors/refusal.hpp"
#include "sim/dataverse/organization/organization.hpp"
#include "sim/dataverse/security/caller.hpp"
#include "sim/dataverse/write/row_draft.hpp"

namespace flit::sim::dataverse {

/// 403 0x80040220 when the caller lacks the privilege for the table.
Answer<void> require(const Organization& org, const Caller& caller, AccessRight access,
                     const Table& table);

/// The same, and 403 0x80048306 when the privilege does not reach that row.
Answer<void> require(const Organization& org, const Caller& caller, AccessRight access,
                     const Table& table, const Row& row);

/// Who names a row in a lookup needs Append for the row that is written and AppendTo for the one
/// that it names (PD security-access-checks "Append", "AppendTo"; the sheet is silent). Owners and
/// currencies are no such ties. `row`: null when it is being created.
Answer<void> require_append(const Organization& org, const Caller& caller, const Table& table,
                            const Row* row, const RowDraft& draft);

struct RowOfTable {
  const Table& table;
  const Row& row;
};

/// The same for the two rows of a many-to-many tie.
Answer<void> require_append(const Organization& org, const Caller& caller, const RowOfTable& one,
                            const RowOfTable& other);

/// A privilege that belongs to no table: "prvBulkDelete".
Answer<void> require_privilege(const Organization& org, const Caller& caller,
                               std::string_view privilege);

/// True when the caller's privilege reaches the row. REQUIRES: nothing about the privilege itself.
bool reaches(const Organization& org, const Caller& caller, AccessRight access, const Table& table,
             const Row& row);

/// Access of one user or team to one row, by roles, ownership and shares.
AccessMask access_to(const Organization& org, const Uuid& principal, const Table& table,
                     const Row& row);

}  // namespace flit::sim::dataverse
