#pragma once
/// @file Deep insert: rows inside a body on navigation properties, in the same transaction (§3).

#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

/// Objects on lookups: created first, then bound.
Answer<void> create_nested_parents(Work& work, const Table& table, RowDraft& draft);

/// Arrays on collections: created with their lookup on the new row, or linked (many-to-many).
Answer<void> create_nested_children(Work& work, const Table& table, const Uuid& id,
                                    RowDraft& draft);

}  // namespace flit::sim::dataverse
