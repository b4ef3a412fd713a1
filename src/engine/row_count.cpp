#include "engine/row_count.hpp"

#include "engine/identity.hpp"
#include "store/undoing.hpp"

namespace flit::engine {

Result<std::optional<RowCount>> count_rows(const Migration& migration, const std::string& table,
                                           std::stop_token stop) {
  const packs::PathPack& path = migration.path;
  const model::Object* described = migration.map.destination().find_object(table);
  if (described == nullptr || path.stamp.empty() || described->find_field(path.stamp) == nullptr)
    return std::optional<RowCount>();
  RowCount count{.table = table};
  const Environment& environment = migration.environment;
  model::RowFilter filter{
      .equal = {{path.stamp, std::to_string(stamp_of(environment.ledger.info()))}}};
  for (const packs::LinkTable& links : path.link_tables)
    if (links.table == table)
      filter.equal.insert(filter.equal.end(), links.counted.begin(), links.counted.end());
  const Result<void> read =
      environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(made, environment.books.assignments.count_made(reader, table));
        count.expected = made;
        return {};
      });
  if (!read) return Error(read.error());
  const std::vector<std::string> columns{path.stamp};
  std::optional<model::Cursor> from;
  do {
    std::uint64_t rows = 0;
    FLIT_TRY(next, migration.pacer.call<std::optional<model::Cursor>>(Repeat::reads, stop, [&] {
      rows = 0;
      return migration.destination.reader.scan(
          {.table = table, .columns = columns, .filter = filter}, from,
          [&](const model::ReadRow&) {
            ++rows;
            return Result<void>();
          },
          stop);
    }));
    count.found += rows;
    from = std::move(next);
  } while (from);
  return std::optional(std::move(count));
}

Result<std::uint64_t> rows_reached(const Migration& migration, bool only_sampled) {
  const Environment& environment = migration.environment;
  const store::Undoing undoing(environment.books.names, environment.books.assignments);
  std::uint64_t rows = 0;
  FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    for (const packs::Phase& phase : migration.path.phases)
      for (const std::string& table : phase.tables) {
        FLIT_TRY(reach, undoing.reach(reader, table, only_sampled));
        rows += reach.rows;
      }
    return {};
  }));
  return rows;
}

}  // namespace flit::engine
