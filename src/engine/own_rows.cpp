#include "engine/own_rows.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace flit::engine {
namespace {

using Kind = MadeRow::Kind;

/// The place of a column, added when it is new.
std::size_t place_of(std::vector<std::string>& columns, const std::string& name) {
  const auto known = std::find(columns.begin(), columns.end(), name);
  const auto place = static_cast<std::size_t>(known - columns.begin());
  if (known == columns.end()) columns.push_back(name);
  return place;
}

bool has_column(const Migration& migration, const std::string& table, const std::string& name) {
  const model::Object* object = migration.map.destination().find_object(table);
  return object != nullptr && !name.empty() && object->find_field(name) != nullptr;
}

}  // namespace

OwnRows::OwnRows(const Migration& migration)
    : migration_(migration),
      lookups_(migration.environment.ledger, migration.environment.books, migration.owners) {}

Result<std::unique_ptr<RowMaker>> OwnRows::make(const Migration& migration,
                                                const std::string& table) {
  const model::Object* object = migration.map.destination().find_object(table);
  if (object == nullptr)
    return Error{.fault = Fault::setup, .message = "there is no table " + table};
  std::unique_ptr<OwnRows> made(new OwnRows(migration));
  made->table_ = table;
  for (const packs::OwnRecord& record : migration.path.records) {
    if (record.table != table) continue;
    FLIT_TRY(values, Constants::compile(*object, record.values, migration.map.locale()));
    std::vector<std::size_t> places;
    for (const std::string& column : values.columns())
      places.push_back(place_of(made->columns_, column));
    made->records_.push_back({record.name, std::move(values), std::move(places)});
  }
  for (const std::string& common : {migration.path.owner, migration.path.stamp})
    if (has_column(migration, table, common)) place_of(made->columns_, common);
  return std::unique_ptr<RowMaker>(std::move(made));
}

Result<std::vector<MadeRow>> OwnRows::make(std::span<const store::Assignment> chunk,
                                           model::Arena& arena, std::span<model::Value> cells) {
  std::vector<MadeRow> made;
  for (std::size_t row = 0; row < chunk.size(); ++row) {
    FLIT_TRY_VOID(
        fill(chunk[row].source_id, arena, cells.subspan(row * columns_.size(), columns_.size())));
    made.push_back({.kind = Kind::ready});
  }
  return made;
}

Result<void> OwnRows::fill(const std::string& name, model::Arena& arena,
                           std::span<model::Value> cells) {
  const auto record = std::find_if(records_.begin(), records_.end(),
                                   [&](const Record& one) { return one.name == name; });
  if (record == records_.end())
    return Error{.fault = Fault::setup,
                 .message = fmt::format("the path knows no record '{}' of {}", name, table_),
                 .where = "path pack"};
  for (std::size_t i = 0; i < record->places.size(); ++i) {
    FLIT_TRY(cell, record->values.cell(i, {arena, lookups_}));
    cells[record->places[i]] = cell;
  }
  const mapping::Lookup owner = lookups_.owner("");
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i] == migration_.path.owner && owner.kind == mapping::Lookup::Kind::found)
      cells[i] = model::Value::reference(owner.target, arena);
    if (columns_[i] == migration_.path.stamp)
      cells[i] = model::Value::integer(stamp_of(migration_.environment.ledger.info()));
  }
  return {};
}

PlaceholderRows::PlaceholderRows(const Migration& migration, const packs::Placeholder& spec,
                                 std::size_t route)
    : migration_(migration),
      identities_(migration.environment.ledger.info().id,
                  migration.environment.ledger.info().generation),
      lookups_(migration.environment.ledger, migration.environment.books, migration.owners),
      builder_({migration.map, migration.environment.ledger, migration.environment.books, lookups_,
                identities_, &migration.path},
               spec.object, route) {
  for (std::size_t i = 0; i < builder_.columns().size(); ++i) {
    const std::string& column = builder_.columns()[i];
    const bool copied =
        std::find(spec.columns.begin(), spec.columns.end(), column) != spec.columns.end();
    if (!copied && column != migration.path.stamp) continue;
    places_.push_back(i);
    columns_.push_back(column);
  }
}

Result<std::unique_ptr<RowMaker>> PlaceholderRows::make(const Migration& migration,
                                                        const std::string& object,
                                                        std::size_t route) {
  for (const packs::Placeholder& spec : migration.path.placeholders) {
    if (spec.object != object) continue;
    std::unique_ptr<PlaceholderRows> made(new PlaceholderRows(migration, spec, route));
    const model::Object& table = *migration.map.destination().find_object(made->table());
    FLIT_TRY(tags, Constants::compile(table, spec.values, migration.map.locale()));
    made->tags_ = std::move(tags);
    for (const std::string& column : made->tags_.columns()) made->columns_.push_back(column);
    return std::unique_ptr<RowMaker>(std::move(made));
  }
  return Error{.fault = Fault::setup,
               .message = "the path knows no placeholder of " + object,
               .where = "path pack"};
}

Result<std::vector<MadeRow>> PlaceholderRows::make(std::span<const store::Assignment> chunk,
                                                   model::Arena& arena,
                                                   std::span<model::Value> cells) {
  std::vector<MadeRow> made(chunk.size());
  std::vector<model::Value> whole;
  BuiltRow built;
  Environment& environment = migration_.environment;
  const Result<void> read = environment.ledger.read([&](store::sql::Connection& reader) {
    return environment.books.worklist.fetch(
        reader, chunk, [&](const store::Worklist::Item& item) -> Result<void> {
          whole.assign(builder_.columns().size(), {});
          FLIT_TRY_VOID(builder_.build(item.staged.record, arena, whole, built));
          FLIT_TRY(one, take(whole, built, arena,
                             cells.subspan(item.place * columns_.size(), columns_.size())));
          made[item.place] = std::move(one);
          return {};
        });
  });
  if (!read) return Error(read.error());
  return made;
}

Result<MadeRow> PlaceholderRows::take(std::span<const model::Value> whole, const BuiltRow& built,
                                      model::Arena& arena, std::span<model::Value> cells) {
  for (const mapping::FieldNote& note : built.notes)
    if (note.refused && std::find(columns_.begin(), columns_.end(), note.column) != columns_.end())
      return MadeRow{
          .kind = Kind::refused, .reason = std::string(note.code), .detail = detail_of(note)};
  for (std::size_t i = 0; i < places_.size(); ++i) cells[i] = whole[places_[i]];
  for (std::size_t i = 0; i < tags_.columns().size(); ++i) {
    FLIT_TRY(cell, tags_.cell(i, {arena, lookups_}));
    cells[places_.size() + i] = cell;
  }
  return MadeRow{.kind = Kind::ready};
}

}  // namespace flit::engine
