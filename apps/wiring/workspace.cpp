#include "apps/wiring/workspace.hpp"

#include <random>
#include <set>

#include "apps/wiring/text_file.hpp"
#include "base/uuid.hpp"
#include "engine/inventory.hpp"
#include "model/facts_json.hpp"
#include "model/schema_json.hpp"
#include "store/notebook.hpp"

namespace flit::wiring {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view take_inventory = "Run `flitstack inventory` first.";

fs::path ledger_file(const fs::path& folder) {
  return folder / "flitstack.db";
}

/// A migration's id is the only thing about it that is random, unless somebody chose it or a
/// process that died had come as far as writing it down.
Result<std::string> id_for(const fs::path& folder, const NewProject& project) {
  if (!project.id.empty()) {
    const auto chosen = Uuid::parse(project.id);
    if (chosen) return chosen->text();
    return Error{.fault = Fault::setup,
                 .message = "expected a UUID, found \"" + project.id + "\"",
                 .where = "--id",
                 .remedy = "Leave it out for a random one"};
  }
  const auto known = read_project(folder);
  if (known && !known->migration.empty()) return known->migration;
  std::random_device dice;
  Uuid::Bytes bytes{};
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(dice());
  return Uuid::version5(Uuid(bytes), "migration").text();
}

/// "en-US" → "US"; empty when the locale names no country.
std::string region_of(const std::string& locale) {
  const std::size_t at = locale.find_first_of("-_");
  return at == std::string::npos || locale.size() < at + 3 ? std::string()
                                                           : locale.substr(at + 1, 2);
}

/// What is in a folder where a migration is to begin.
enum class Found : std::uint8_t {
  room,       ///< nothing, or what a process that died in the middle left
  just_made,  ///< this very migration, and nothing was done in it
  other,
};

/// Whether nothing was done yet in the migration of this ledger.
Result<bool> is_fresh(const fs::path& folder, const NewProject& project, Executor& executor) {
  FLIT_TRY(ledger, store::Ledger::open(ledger_file(folder), executor));
  if (ledger->info().path != project.path || ledger->info().id != project.id) return false;
  bool fresh = false;
  FLIT_TRY_VOID(ledger->read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(inventory, store::stage(reader, "S-01"));
    fresh = !inventory.has_value();
    return {};
  }));
  return fresh;
}

Result<Found> look_into(const fs::path& folder, const std::string& text, const NewProject& project,
                        Executor& executor) {
  const fs::path file = folder / "flitstack.yaml";
  std::error_code ignored;
  bool same = false;
  const bool exists = fs::exists(file, ignored);
  if (exists) {
    FLIT_TRY(found, read_text_file(file));
    same = found == text;
  }
  FLIT_TRY(has_migration, store::Ledger::holds_migration(ledger_file(folder)));
  // A map or reports without a ledger: it was lost, and a new one would not know what was moved.
  const bool had_begun = fs::exists(folder / "map", ignored) || fs::exists(folder / "out", ignored);
  if (!has_migration) return had_begun || (exists && !same) ? Found::other : Found::room;
  if (!same) return Found::other;
  FLIT_TRY(fresh, is_fresh(folder, project, executor));
  return fresh ? Found::just_made : Found::other;
}

}  // namespace

Workspace::Workspace(fs::path folder, Project project, packs::Library library,
                     const Surroundings& surroundings)
    : folder_(std::move(folder)),
      project_(std::move(project)),
      library_(std::move(library)),
      surroundings_(surroundings) {}

Result<void> Workspace::create(const fs::path& folder, const NewProject& wanted,
                               const packs::Library& library, const Surroundings& surroundings) {
  FLIT_TRY(path, library.path(wanted.path));
  FLIT_TRY(id, id_for(folder, wanted));
  NewProject project = wanted;
  project.id = id;
  const std::string text = write_project(project);
  FLIT_TRY(found, look_into(folder, text, project, surroundings.executor));
  if (found == Found::just_made) return {};  // typed again behind a process that died at the end
  if (found == Found::other)
    return Error{.fault = Fault::setup,
                 .message = "there is a migration in this folder already",
                 .where = folder.string(),
                 .remedy =
                     "Name another folder, or go on with the one that is there: "
                     "flitstack --project " +
                     folder.string() + " status"};
  FLIT_TRY_VOID(write_text_file(folder / "flitstack.yaml", text));
  const store::MigrationInfo info{.id = id,
                                  .path = path->path,
                                  .created_at = surroundings.executor.clock().now(),
                                  .tool = surroundings.version};
  FLIT_TRY(ledger, store::Ledger::create(ledger_file(folder), info, surroundings.executor));
  return {};
}

Result<std::unique_ptr<Workspace>> Workspace::open(const fs::path& folder, packs::Library library,
                                                   const Surroundings& surroundings) {
  FLIT_TRY(project, read_project(folder));
  std::unique_ptr<Workspace> workspace(
      new Workspace(folder, std::move(project), std::move(library), surroundings));
  const spec::Located<std::string>& named = workspace->project_.path;
  const auto path = workspace->library_.path(named.value);
  if (!path) {
    Diagnostics diagnostics;
    diagnostics.error(named.at, path.error().message, path.error().remedy);
    return diagnostics.to_error();
  }
  workspace->path_ = *path;
  FLIT_TRY(ledger, store::Ledger::open(ledger_file(folder), surroundings.executor));
  if (ledger->info().path != named.value)
    return Error{.fault = Fault::setup,
                 .message = "the ledger belongs to " + ledger->info().path +
                            ", flitstack.yaml says " + named.value,
                 .where = folder.string(),
                 .remedy = "Put the path back, or start a new migration in another folder."};
  const std::string& id = workspace->project_.migration;
  if (!id.empty() && ledger->info().id != id)
    return Error{.fault = Fault::setup,
                 .message = "the ledger is that of migration " + ledger->info().id +
                            ", flitstack.yaml is of " + id,
                 .where = ledger_file(folder).string(),
                 .remedy = "Put the flitstack.db back that belongs to this folder"};
  workspace->ledger_ = surroundings.around_ledger ? surroundings.around_ledger(std::move(ledger))
                                                  : std::move(ledger);
  workspace->environment_.emplace(engine::Environment{surroundings.executor, surroundings.events,
                                                      *workspace->ledger_, workspace->books_});
  return workspace;
}

std::vector<std::string> Workspace::tables() const {
  std::set<std::string> tables{"systemuser", "team"};  // owners, wherever records have them
  for (const packs::Phase& phase : path_->phases)
    tables.insert(phase.tables.begin(), phase.tables.end());
  for (const packs::CustomColumn& column : path_->columns)
    tables.insert(column.tables.begin(), column.tables.end());
  for (const packs::OwnRecord& record : path_->records) tables.insert(record.table);
  return {tables.begin(), tables.end()};
}

Result<SourceEnd*> Workspace::source() {
  if (!source_) {
    FLIT_TRY(pack, library_.source(path_->source));
    FLIT_TRY(opened, open_source(*pack, project_, surroundings_));
    source_ = std::move(opened);
  }
  return source_.get();
}

Result<DestinationEnd*> Workspace::destination() {
  if (!destination_) {
    FLIT_TRY(pack, library_.destination(path_->destination));
    FLIT_TRY(opened, open_destination(*pack, project_, surroundings_));
    destination_ = std::move(opened);
  }
  return destination_.get();
}

Result<std::string> Workspace::document(std::string_view name, std::string_view remedy) {
  std::optional<std::string> body;
  FLIT_TRY_VOID(ledger_->read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(found, store::document(reader, name));
    body = std::move(found);
    return {};
  }));
  if (body) return std::move(*body);
  return Error{.fault = Fault::setup,
               .message = std::string("the ledger holds no ") + std::string(name) + " yet",
               .where = folder_.string(),
               .remedy = std::string(remedy)};
}

Result<void> Workspace::put_document(std::string_view name, std::string_view body) {
  return ledger_->commit([&](store::sql::Connection& transaction) {
    return store::put_document(transaction, name, body, surroundings_.executor.clock().now());
  });
}

Result<model::Schema> Workspace::source_schema() {
  FLIT_TRY(text, document(engine::InventoryNames::source_schema, take_inventory));
  return model::schema_of_json(text);
}

Result<model::Schema> Workspace::destination_schema(Columns columns) {
  if (columns == Columns::planned) {
    FLIT_TRY(text, document(planned_schema, "Run `flitstack plan` first."));
    return model::schema_of_json(text);
  }
  FLIT_TRY(text, document(engine::InventoryNames::destination_schema, take_inventory));
  return model::schema_of_json(text);
}

Result<model::SourceFacts> Workspace::source_facts() {
  FLIT_TRY(text, document(engine::InventoryNames::source_facts, take_inventory));
  return model::source_facts_of_json(text);
}

Result<mapping::Locale> Workspace::locale() {
  FLIT_TRY(facts, source_facts());
  const std::string name =
      project_.time_zone.value_or(facts.time_zone.empty() ? "UTC" : facts.time_zone);
  FLIT_TRY(zone, Zone::find(name));
  mapping::Locale locale{.zone = zone, .currency = facts.currency};
  const std::string region = project_.region.empty() ? region_of(facts.locale) : project_.region;
  if (!region.empty()) locale.region = region;
  return locale;
}

Result<model::MapDocument> Workspace::map() {
  std::error_code ignored;
  if (!fs::exists(map_folder(), ignored) || fs::is_empty(map_folder(), ignored))
    return Error{.fault = Fault::setup,
                 .message = "there is no map yet",
                 .where = map_folder().string(),
                 .remedy = "Run `flitstack map propose` first."};
  FLIT_TRY(map, map_reader_.read(map_folder()));
  if (map.path != path_->path)
    return Error{
        .fault = Fault::setup,
        .message = "this is a map of " + map.path + ", the migration is one of " + path_->path,
        .where = map_folder().string(),
        .remedy =
            "Correct 'map' in its files, or write a new one: flitstack map propose "
            "--force"};
  return map;
}

Result<engine::Migration*> Workspace::migration(Columns columns) {
  FLIT_TRY(document, map());
  FLIT_TRY(source, source_schema());
  FLIT_TRY(schema, destination_schema(columns));
  FLIT_TRY(where, locale());
  FLIT_TRY(compiled, engine::MigrationMap::compile(document, source, schema, where));
  FLIT_TRY(end, destination());
  migration_.reset();
  map_.emplace(std::move(compiled));
  owners_.clear();
  FLIT_TRY_VOID(ledger_->read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(rows, store::owners(reader));
    for (store::OwnerRow& row : rows) owners_.emplace(row.source_id, std::move(row));
    return {};
  }));
  migration_.emplace(engine::Migration{*environment_, *path_, *map_, owners_, end->faces(),
                                       end->pacer(), end->further()});
  return &*migration_;
}

}  // namespace flit::wiring
