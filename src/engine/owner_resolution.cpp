#include "engine/owner_resolution.hpp"

#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace flit::engine {
namespace {

std::string key_of(std::string_view email) {
  return text::fold_case(text::trim(email));
}

std::string_view kind_of(model::Owner::Kind kind) {
  switch (kind) {
    case model::Owner::Kind::person:
      return "systemuser";
    case model::Owner::Kind::team:
      return "team";
    case model::Owner::Kind::queue:
      return "queue";
  }
  return "";
}

bool usable(const model::Owner& owner) {
  return owner.active && owner.may_own;
}

/// Users over there, by each of their addresses.
class Directory {
 public:
  explicit Directory(std::span<const model::Owner> owners) {
    for (const model::Owner& owner : owners)
      for (const std::string& email : owner.emails)
        if (!email.empty()) by_email_[key_of(email)].insert(&owner);
  }

  struct Found {
    const model::Owner* owner = nullptr;
    std::string_view verdict;
  };

  Found find(const std::string& email) const {
    const auto known = by_email_.find(key_of(email));
    if (email.empty() || known == by_email_.end()) return {nullptr, "unmatched"};
    const model::Owner* active = nullptr;
    for (const model::Owner* owner : known->second) {
      if (!usable(*owner)) continue;
      if (active != nullptr) return {nullptr, "ambiguous"};
      active = owner;
    }
    if (active == nullptr) return {nullptr, "inactive"};
    return {active, "matched"};
  }

 private:
  struct ById {
    bool operator()(const model::Owner* a, const model::Owner* b) const { return a->id < b->id; }
  };
  std::map<std::string, std::set<const model::Owner*, ById>> by_email_;
};

Result<const model::Owner*> fallback_owner(const Directory& directory, const std::string& email) {
  if (email.empty()) return nullptr;
  const auto found = directory.find(email);
  if (found.owner != nullptr) return found.owner;
  return Error{
      .fault = Fault::setup,
      .message = fmt::format("the fallback owner {} is {} over there", email, found.verdict),
      .where = "owners",
      .remedy = "Name an active user with a security role: flitstack owners --fallback EMAIL"};
}

}  // namespace

bool is_owner_table(std::string_view table) {
  return table == kind_of(model::Owner::Kind::person) ||
         table == kind_of(model::Owner::Kind::team) || table == kind_of(model::Owner::Kind::queue);
}

Result<OwnerResolution> resolve_owners(std::span<const SourceOwner> source,
                                       std::span<const model::Owner> destination,
                                       const std::map<std::string, std::uint64_t>& named,
                                       const std::string& fallback) {
  const Directory directory(destination);
  FLIT_TRY(spare, fallback_owner(directory, fallback));

  std::map<std::string, const SourceOwner*> known;
  for (const SourceOwner& owner : source) known.emplace(owner.id, &owner);
  std::map<std::string, std::uint64_t> all = named;
  for (const SourceOwner& owner : source) all.try_emplace(owner.id, 0);

  OwnerResolution resolution;
  for (const auto& [id, records] : all) {
    const auto listed = known.find(id);
    store::OwnerRow row{.source_id = id, .records = records};
    Directory::Found found{nullptr, id.empty() ? "missing" : "unknown"};
    if (listed != known.end()) {
      row.email = listed->second->email;
      row.name = listed->second->name;
      found = directory.find(row.email);
    }
    row.verdict = found.verdict;
    row.fallback = found.owner == nullptr;
    const model::Owner* owner = found.owner != nullptr ? found.owner : spare;
    if (owner != nullptr) {
      row.target_id = owner->id;
      row.target_kind = kind_of(owner->kind);
    } else {
      resolution.unresolved += records;
    }
    resolution.rows.push_back(std::move(row));
  }
  return resolution;
}

}  // namespace flit::engine
