#pragma once
/// @file What must hold before a row is written, whatever its table.

#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

/// Every lookup of the draft names a row that exists: else 404 0x80040217 (§4).
Answer<void> check_lookups(const Work& work, const Table& table, const RowDraft& draft);

/// Columns that the platform itself requires (§9, "Required levels"); UI levels are not enforced.
Answer<void> check_required(const Table& table, const RowDraft& draft, bool is_create);

/// A parent chosen among one's own descendants: 0x80040507, 0x8004050a, 0x80040387 (§4).
Answer<void> check_hierarchy(const Work& work, const Table& table, const Uuid& id,
                             const RowDraft& draft);

/// The owner exists, is enabled, may read the table `owned` (§9, §12); gives the reference to
/// store.
Answer<PrincipalRef> check_owner(const Work& work, const Table& owned, const Cell& owner);

/// Duplicate keys among live rows: 412 0x80060892 (§5).
Answer<void> check_keys(const Work& work, const Table& table, const Row& row);

/// State and status that a new row gets, or 400 0x80048408 (§12).
struct StateAndStatus {
  int state = 0;
  int status = 0;
};
Answer<StateAndStatus> initial_state(const Table& table, const RowDraft& draft, const Uuid& id);
Answer<StateAndStatus> changed_state(const Table& table, const RowDraft& draft, const Row& row);

/// createdonbehalfby, modifiedonbehalfby: who really called when the caller is impersonated (§2).
void note_impersonator(const Work& work, const Table& table, std::string_view column,
                       const Row* before, RowDraft& draft);

/// The status that a state alone stands for.
int default_status(const Table& table, int state);

}  // namespace flit::sim::dataverse
