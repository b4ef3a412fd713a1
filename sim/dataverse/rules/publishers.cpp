// Publishers and solutions (fact sheet §11): prefixes, and names that are there once. What the
// platform says of a name that is taken is not in the sheet: it is told like any duplicate.

#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/rules/rule_set.hpp"

namespace flit::sim::dataverse {
namespace {

Answer<void> require_new_name(Work& work, const Table& table, RowDraft& draft) {
  const std::uint16_t column = table.column("uniquename")->index;
  const Cell* name = draft.find(column);
  const RecordTable* rows = work.org.store->find(table);
  if (name == nullptr || !name->has_value() || rows == nullptr) return {};
  bool taken = false;
  rows->each([&](const Row& row) {
    taken = row.cell(column).text == name->text;
    return !taken;
  });
  if (taken) return refuse(errors::duplicate_record());
  return {};
}

bool is_good_prefix(std::string_view prefix) {
  if (prefix.size() < 2 || prefix.size() > 8 || prefix.starts_with("mscrm")) return false;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (!is_letter(prefix.front())) return false;
  for (const char c : prefix)
    if (!is_letter(c) && (c < '0' || c > '9')) return false;
  return true;
}

Answer<void> publisher_before_create(Work& work, const Table& table, RowDraft& draft) {
  FLIT_TRY_VOID(require_new_name(work, table, draft));
  const Cell* prefix = draft.find(table.column("customizationprefix")->index);
  if (prefix == nullptr || !is_good_prefix(prefix->text))
    return refuse(errors::invalid_argument(
        "CustomizationPrefix must be 2 to 8 alphanumeric characters, start with a letter and not "
        "start with 'mscrm'."));
  const Cell* number = draft.find(table.column("customizationoptionvalueprefix")->index);
  if (number != nullptr && number->has_value() &&
      (number->number < 10000 || number->number > 99999))
    return refuse(
        errors::other(400, 0x80048402,
                      "CustomizationOptionValuePrefix must be a number between 10000 and 99999"));
  return {};
}

}  // namespace

const RuleSet publisher_rules{.before_create = publisher_before_create};
const RuleSet solution_rules{.before_create = require_new_name};

}  // namespace flit::sim::dataverse
