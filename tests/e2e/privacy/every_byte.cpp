#include "every_byte.hpp"

#include <memory>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "tests/support/golden.hpp"

namespace flit::test {
namespace {

namespace fs = std::filesystem;

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

Statement prepared(const Database& database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    ADD_FAILURE() << sql << ": " << sqlite3_errmsg(database.get());
  return Statement(statement);
}

std::vector<std::string> first_column(const Database& database, const std::string& sql) {
  std::vector<std::string> all;
  const Statement rows = prepared(database, sql);
  while (rows && sqlite3_step(rows.get()) == SQLITE_ROW)
    all.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(rows.get(), 0)));
  return all;
}

bool holds(const Database& database, const std::string& table, const std::string& column,
           const std::string& text) {
  const Statement rows =
      prepared(database, "SELECT 1 FROM \"" + table + "\" WHERE instr(CAST(\"" + column +
                             "\" AS BLOB), CAST(?1 AS BLOB)) > 0 LIMIT 1");
  sqlite3_bind_text(rows.get(), 1, text.c_str(), -1, SQLITE_STATIC);
  return sqlite3_step(rows.get()) == SQLITE_ROW;
}

bool is_payload(const std::string& column) {
  return column == "source_record.payload" || column.starts_with("operation.");
}

}  // namespace

std::vector<Bytes> files_below(const fs::path& folder) {
  std::vector<Bytes> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      all.push_back(
          {fs::relative(entry.path(), folder).string(), read_file(entry.path().string())});
  return all;
}

std::vector<std::string> open_to_others(const fs::path& folder) {
  std::vector<std::string> open;
  const auto look = [&](const fs::path& path) {
    struct stat seen {};
    if (::lstat(path.c_str(), &seen) == 0 && (seen.st_mode & 077U) != 0)
      open.push_back(path.string());
  };
  look(folder);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) look(entry.path());
  return open;
}

std::vector<std::string> columns_with(const fs::path& ledger,
                                      const std::vector<std::string>& texts) {
  sqlite3* opened = nullptr;
  EXPECT_EQ(sqlite3_open_v2(ledger.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr), SQLITE_OK);
  const Database database(opened);
  std::set<std::string> found;
  for (const std::string& table :
       first_column(database, "SELECT name FROM sqlite_schema WHERE type = 'table'"))
    for (const std::string& column :
         first_column(database, "SELECT name FROM pragma_table_info('" + table + "')")) {
      const std::string place = fmt::format("{}.{}", table, column);
      for (const std::string& text : texts)
        if (!is_payload(place) && holds(database, table, column, text)) found.insert(place);
    }
  return {found.begin(), found.end()};
}

}  // namespace flit::test
