#pragma once
/// @file One project, open: what a command works on.
///
/// Opening takes the ledger (one process at a time) and reads the packs; both ends are opened on
/// first use and asked nothing by that. What was described by the inventory is read from the
/// ledger, so that everything behind it is a function of the ledger. Used by one thread at a time;
/// what it hands out is as thread-safe as its own header says.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/wiring/destination_end.hpp"
#include "apps/wiring/map_reader.hpp"
#include "apps/wiring/project.hpp"
#include "apps/wiring/source_end.hpp"
#include "apps/wiring/surroundings.hpp"
#include "engine/environment.hpp"
#include "engine/migration.hpp"
#include "packs/library.hpp"
#include "store/books.hpp"
#include "store/ledger.hpp"

namespace flit::wiring {

/// Documents of the ledger: the plan, what the destination will be once it is applied, the sample.
inline constexpr std::string_view planned_schema = "planned schema";
inline constexpr std::string_view setup_plan = "setup plan";
inline constexpr std::string_view sample_document = "sample";
inline constexpr std::string_view not_shown = "null";  ///< the sample, until its diff was made

/// The destination as it is, or as it will be when the plan has been applied.
enum class Columns { existing, planned };

class Workspace {
 public:
  /// Fault::setup when there is no project, its file is wrong, or another process works on it.
  static Result<std::unique_ptr<Workspace>> open(const std::filesystem::path& folder,
                                                 packs::Library library,
                                                 const Surroundings& surroundings);

  /// Makes the folder, flitstack.yaml and an empty ledger. Fault::setup when a project is there.
  static Result<void> create(const std::filesystem::path& folder, const NewProject& wanted,
                             const packs::Library& library, const Surroundings& surroundings);

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path map_folder() const { return folder_ / "map"; }
  std::filesystem::path out_folder() const { return folder_ / "out"; }
  const Project& project() const { return project_; }
  const packs::Library& library() const { return library_; }
  const packs::PathPack& path() const { return *path_; }
  engine::Environment& environment() { return *environment_; }

  /// The destination's tables that the path writes or looks at, sorted.
  std::vector<std::string> tables() const;

  Result<SourceEnd*> source();
  Result<DestinationEnd*> destination();

  /// A document of the ledger. Fault::setup with `remedy` when it is not there yet.
  Result<std::string> document(std::string_view name, std::string_view remedy);
  Result<void> put_document(std::string_view name, std::string_view body);

  Result<model::Schema> source_schema();
  Result<model::Schema> destination_schema(Columns columns);
  Result<model::SourceFacts> source_facts();
  Result<mapping::Locale> locale();

  /// The map as people left it in map/.
  Result<model::MapDocument> map();

  /// The compiled map, the owners and the destination, joined; valid until the next call.
  Result<engine::Migration*> migration(Columns columns);

 private:
  Workspace(std::filesystem::path folder, Project project, packs::Library library,
            const Surroundings& surroundings);

  std::filesystem::path folder_;
  Project project_;
  packs::Library library_;
  const packs::PathPack* path_ = nullptr;
  Surroundings surroundings_;
  std::unique_ptr<store::Ledger> ledger_;
  store::Books books_;
  std::optional<engine::Environment> environment_;
  std::unique_ptr<SourceEnd> source_;
  std::unique_ptr<DestinationEnd> destination_;
  MapReader map_reader_;
  std::optional<engine::MigrationMap> map_;
  engine::OwnerTable owners_;
  std::optional<engine::Migration> migration_;
};

}  // namespace flit::wiring
