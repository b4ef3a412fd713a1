#include "engine/read_rows.hpp"

#include <algorithm>

namespace flit::engine {

Result<void> read_rows(const Migration& migration, const RowSelection& rows,
                       const model::RowSink& sink, std::stop_token stop) {
  for (std::size_t at = 0; at < rows.ids.size(); at += rows_per_question) {
    const auto part = rows.ids.subspan(at, std::min(rows_per_question, rows.ids.size() - at));
    FLIT_TRY_VOID(migration.pacer.call<void>(Repeat::reads, stop, [&] {
      return migration.destination.reader.read(rows.table, rows.columns, part, sink, stop);
    }));
  }
  return {};
}

Result<std::string> editor_column(const Migration& migration, std::string_view table,
                                  std::stop_token stop) {
  return migration.pacer.call<std::string>(
      Repeat::reads, stop, [&] { return migration.destination.reader.editor_column(table, stop); });
}

}  // namespace flit::engine
