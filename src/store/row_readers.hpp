#pragma once
/// @file How rows of the large tables are read, for the files of this room that select them.

#include "base/result.hpp"
#include "store/assignments.hpp"
#include "store/names.hpp"
#include "store/payload.hpp"
#include "store/sql.hpp"
#include "store/staging.hpp"

/// In the order in which read_assignment() takes them; `a` is the table.
#define FLIT_ASSIGNMENT_COLUMNS                                                             \
  "a.id, a.source, a.object, a.source_id, a.role, a.target_table, a.target_id, a.verdict, " \
  "a.reason, a.detail, a.routed, a.depth, a.state, a.sampled, a.pending, a.affinity"

/// In the order in which read_record() takes them; `r` is the table.
#define FLIT_RECORD_COLUMNS \
  "r.seq, r.source_id, r.payload, r.created_at, r.updated_at, r.archived, r.merged_into"

namespace flit::store {

inline constexpr int assignment_columns = 16;

Result<Assignment> read_assignment(Names& names, sql::Connection& reader,
                                   const sql::Statement& row);

/// `first`: the number of the first of FLIT_RECORD_COLUMNS.
Result<void> read_record(const sql::Statement& row, int first, std::string_view object,
                         PayloadCodec& codec, StagedRecord& staged);

}  // namespace flit::store
