#include "sim/dataverse/rules/duplicates.hpp"

#include <array>

#include "sim/dataverse/errors/errors.hpp"

namespace flit::sim::dataverse {
namespace {

struct DuplicateRule {
  std::string_view table;
  std::string_view column;
};

constexpr std::array<DuplicateRule, 3> rules{
    {{"account", "name"}, {"contact", "emailaddress1"}, {"lead", "emailaddress1"}}};

}  // namespace

Answer<void> check_duplicates(const Work& work, const Table& table, const RowDraft& draft) {
  if (!work.detect_duplicates) return {};
  const RecordTable* rows = work.org.store->find(table);
  if (rows == nullptr) return {};
  for (const auto& [table_name, column_name] : rules) {
    if (table.logical_name != table_name) continue;
    const Column* column = table.column(column_name);
    const Cell* cell = draft.find(column->index);
    if (cell == nullptr || !cell->has_value()) continue;
    std::string wanted;
    append_key_part(wanted, *cell);
    bool found = false;
    rows->each([&](const Row& row) {
      const Cell known = row.cell(column->index);
      if (!known.has_value() || (draft.id && row.head.id == *draft.id)) return true;
      std::string text;
      append_key_part(text, known);
      found = text == wanted;
      return !found;
    });
    if (found) return refuse(errors::duplicate_records_found());
  }
  return {};
}

}  // namespace flit::sim::dataverse
