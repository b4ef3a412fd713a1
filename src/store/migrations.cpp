#include "store/migrations.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace flit::store {
namespace {

// "FLIT" in the file's header, https://www.sqlite.org/pragma.html#pragma_application_id
constexpr std::int64_t application_id = 0x464C4954;

constexpr std::string_view version_1 =
#include <store/schema.sql.inc>  // made from schema.sql by CMake
    ;

// Few rows are written a second time: a run that has nothing to do finds that out without walking
// over all of them.
constexpr std::string_view version_2 =
    "CREATE INDEX assignment_pending ON assignment (target_table, verdict, state, id) WHERE "
    "pending > 0;";

// The n-th entry leads from version n to n + 1.
constexpr std::array<std::string_view, 2> steps{version_1, version_2};

Result<std::int64_t> pragma(sql::Connection& connection, const char* query) {
  const sql::Use row = connection.use(query);
  FLIT_TRY(found, row->step());
  return found ? row->integer(0) : std::int64_t{0};
}

Error not_ours(const std::filesystem::path& file, std::string message, std::string remedy) {
  return {.fault = Fault::setup,
          .message = std::move(message),
          .where = file.string(),
          .remedy = std::move(remedy)};
}

}  // namespace

Result<void> bring_up_to_date(sql::Connection& connection, const std::filesystem::path& file) {
  FLIT_TRY(id, pragma(connection, "PRAGMA application_id"));
  FLIT_TRY(version, pragma(connection, "PRAGMA user_version"));
  FLIT_TRY(tables, pragma(connection, "SELECT count(*) FROM sqlite_schema"));
  if (tables > 0 && id != application_id)
    return not_ours(file, "this database is not a FlitStack ledger",
                    "Name the right folder with --project");
  const auto newest = static_cast<std::int64_t>(steps.size());
  if (version > newest)
    return not_ours(
        file,
        fmt::format("this ledger has version {}, this tool knows {} at most", version, newest),
        "Use the version of flitstack that last worked on it, or a newer one");
  if (version == newest) return {};
  for (auto step = static_cast<std::size_t>(version); step < steps.size(); ++step)
    FLIT_TRY_VOID(connection.execute(steps[step]));
  return connection.execute(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", application_id, newest));
}

}  // namespace flit::store
