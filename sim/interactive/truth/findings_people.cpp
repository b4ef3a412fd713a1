// Findings about contacts, companies and owners.

#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "sim/interactive/truth/findings.hpp"

namespace flit::sim::interactive {

namespace {

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == text.npos || at == 0 || text.find('@', at + 1) != text.npos) return false;
  if (text.find_first_of(" ;,<>\"") != text.npos) return false;
  const std::string_view domain = text.substr(at + 1);
  return domain.find('.') != domain.npos && domain.front() != '.' && domain.back() != '.';
}

bool is_phone(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) >= 5;
}

void find_duplicates(const Judge& judge, Findings& findings) {
  std::unordered_map<std::string, std::vector<std::uint64_t>> by_address;
  each_live(judge.data(), "contacts", [&](const RecordTable& table, const Row& row) {
    std::set<std::string> own;
    const std::string all = table.text(row, "email") + ";" + table.text(row, "additional_emails");
    for (const std::string_view one : text::split(all, ";"))
      if (const std::string folded = text::fold(one); is_address(folded)) own.insert(folded);
    for (const std::string& address : own) by_address[address].push_back(row.id);
  });
  for (const auto& [address, ids] : by_address)
    if (ids.size() > 1)
      for (const std::uint64_t id : ids) findings.add("duplicate_email", "contacts", id);
}

std::uint64_t parent_of(const RecordTable& companies, const Row& row) {
  return parse_id(companies.text(row, "parent_company_id")).value_or(0);
}

}  // namespace

void find_in_contacts(const Judge& judge, Findings& findings) {
  find_duplicates(judge, findings);
  each_live(judge.data(), "contacts", [&](const RecordTable& table, const Row& row) {
    const std::string email = table.text(row, "email");
    if (!email.empty() && !is_address(email)) findings.add("invalid_email", "contacts", row.id);
    for (const char* name : {"phone", "mobile_phone", "fax"})
      if (const std::string phone = table.text(row, name); !phone.empty() && !is_phone(phone))
        findings.add("invalid_phone", "contacts", row.id);
    const auto& property = table.schema().properties()[*table.schema().index_of("lifecycle_stage")];
    const std::string stage = table.text(row, "lifecycle_stage");
    const Option* const option = property.option(stage);
    const bool known = option != nullptr && !option->archived;
    if (!known && !names_any(property, stage, {"lead", "prospect", "marketing qualified"}))
      findings.add("lifecycle_unrouted", "contacts", row.id);
  });
  for (const Row& row : judge.data().require("contacts").rows()) {
    if (!row.is_archived()) continue;
    const Outcome outcome = judge.of(judge.data().require("contacts"), row);
    if (outcome.reason.starts_with("merge_")) findings.add(outcome.reason, "contacts", row.id);
  }
}

void find_in_companies(const Judge& judge, Findings& findings) {
  const RecordTable& companies = judge.data().require("companies");
  each_live(judge.data(), "companies", [&](const RecordTable& table, const Row& row) {
    const std::string written = table.text(row, "parent_company_id");
    if (written.empty()) return;
    if (!judge.has_any("companies", parent_of(table, row)))
      findings.add("broken_reference", "companies", row.id);
    // on a cycle when following the parents comes back to where it began
    std::set<std::uint64_t> been;
    for (const Row* at = &row; at != nullptr && been.insert(at->id).second;) {
      at = companies.find(parent_of(companies, *at));
      if (at != nullptr && at->id == row.id) findings.add("hierarchy_cycle", "companies", row.id);
    }
  });
}

namespace {

void find_in_addresses(const Dataset& data, Findings& findings) {
  std::map<std::string, std::vector<std::uint64_t>> by_address;
  for (const Owner& owner : data.owners) {
    if (!owner.active) findings.add("owner_inactive", "owners", owner.id);
    if (owner.email.empty()) findings.add("owner_without_email", "owners", owner.id);
    const std::string address = text::fold(owner.email);
    if (!address.empty()) by_address[address].push_back(owner.id);
    if (!address.empty() && !data.account.domain.empty() &&
        !address.ends_with("@" + data.account.domain))
      findings.add("owner_unmatched", "owners", owner.id);
  }
  for (const auto& [address, ids] : by_address)
    if (ids.size() > 1)
      for (const std::uint64_t id : ids) findings.add("owner_shared_email", "owners", id);
}

/// Of records, by those who own them.
void find_in_ownership(const Dataset& data, Findings& findings) {
  std::set<std::uint64_t> known;
  for (const Owner& owner : data.owners) known.insert(owner.id);
  for (const auto& table : data.tables) {
    const std::string& object = table->schema().name;
    const char* const name = object == "matters" ? "responsible_id" : "owner_id";
    if (!table->schema().index_of(name)) continue;
    each_live(data, object, [&](const RecordTable& of, const Row& row) {
      const std::string owner = of.text(row, name);
      if (owner.empty()) findings.add("owner_missing", object, row.id);
      const auto id = parse_id(owner);
      if (id && !known.contains(*id)) findings.add("owner_unknown", "owners", *id);
    });
  }
}

}  // namespace

void find_in_owners(const Judge& judge, Findings& findings) {
  find_in_addresses(judge.data(), findings);
  find_in_ownership(judge.data(), findings);
}

}  // namespace flit::sim::interactive
