#include "store/row_readers.hpp"

namespace flit::store {
namespace {

std::optional<Instant> instant(const std::optional<std::int64_t>& microseconds) {
  if (!microseconds) return {};
  return Instant(Instant::duration(*microseconds));
}

}  // namespace

Result<Assignment> read_assignment(Names& names, sql::Connection& reader,
                                   const sql::Statement& row) {
  Assignment one;
  one.id = row.integer(0);
  one.source = row.integer(1);
  FLIT_TRY(object, names.text_of(reader, row.integer(2)));
  one.object = std::move(object);
  one.source_id.assign(row.text(3));
  FLIT_TRY(role, names.text_of(reader, row.integer(4)));
  one.role = std::move(role);
  if (!row.is_null(5)) {
    FLIT_TRY(table, names.text_of(reader, row.integer(5)));
    one.table = std::move(table);
  }
  one.target_id.assign(row.text(6));
  one.verdict = static_cast<Verdict>(row.integer(7));
  if (!row.is_null(8)) {
    FLIT_TRY(reason, names.text_of(reader, row.integer(8)));
    one.reason = std::move(reason);
  }
  one.detail.assign(row.text(9));
  one.routed = row.integer(10) != 0;
  one.depth = row.integer(11);
  one.state = static_cast<State>(row.integer(12));
  one.sampled = row.integer(13) != 0;
  one.pending = static_cast<std::uint8_t>(row.integer(14));
  one.affinity = row.integer(15);
  return one;
}

Result<void> read_record(const sql::Statement& row, int first, std::string_view object,
                         PayloadCodec& codec, StagedRecord& staged) {
  staged.seq = row.integer(first);
  staged.record.key.object.assign(object);
  staged.record.key.id.assign(row.text(first + 1));
  FLIT_TRY_VOID(codec.restore(row.blob(first + 2), staged.record.payload));
  staged.record.created_at = instant(row.optional_integer(first + 3));
  staged.record.updated_at = instant(row.optional_integer(first + 4));
  staged.record.archived = row.integer(first + 5) != 0;
  staged.record.merged_into = row.optional_text(first + 6);
  return {};
}

}  // namespace flit::store
