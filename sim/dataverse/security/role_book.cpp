#include "sim/dataverse/security/role_book.hpp"

#include <algorithm>

#include "sim/dataverse/security/privileges.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr std::array<const char*, 5> ties{"systemuserroles_association", "teamroles_association",
                                          "teammembership_association", role_privileges,
                                          global_role_privileges};

std::vector<Uuid> partners(const RecordStore& store, const char* tie, const Uuid& id) {
  const LinkTable* links = store.find_links(tie);
  return links == nullptr ? std::vector<Uuid>{} : links->of_first(id);
}

void add_grants(const RecordStore& store, const Uuid& role, std::vector<Grant>& grants) {
  const Table* table = store.catalogue().table("privilege");
  const LinkTable* pairs = store.find_links(role_privileges);
  const LinkTable* global = store.find_links(global_role_privileges);
  if (table == nullptr || pairs == nullptr) return;
  const std::uint16_t name = table->column("name")->index;
  for (const Uuid& privilege : pairs->of_second(role))
    if (const Row* row = store.row(*table, privilege); row != nullptr) {
      const bool all = global != nullptr && global->contains(privilege, role);
      grants.push_back({std::string(row->cell(name).text), all ? Depth::all : Depth::own});
    }
}

}  // namespace

void RoleBook::define(const Uuid& role, std::vector<Grant> grants) {
  roles_[role] = std::move(grants);
}

std::vector<Uuid> RoleBook::teams_of(const RecordStore& store, const Uuid& user) {
  const LinkTable* links = store.find_links(ties[2]);  // first side: the team
  return links == nullptr ? std::vector<Uuid>{} : links->of_second(user);
}

RoleBook::Stamp RoleBook::stamp_of(const RecordStore& store) {
  Stamp stamp{};
  for (std::size_t i = 0; i < ties.size(); ++i)
    if (const LinkTable* links = store.find_links(ties[i])) stamp[i] = links->changes();
  return stamp;
}

std::shared_ptr<const Rights> RoleBook::of(const RecordStore& store, const Uuid& principal) const {
  const Stamp stamp = stamp_of(store);
  return known_.with([&](Known& known) {
    if (known.stamp != stamp) known.rights.clear();
    known.stamp = stamp;
    const auto [found, is_new] = known.rights.try_emplace(principal);
    if (is_new) found->second = read(store, principal);
    return found->second;
  });
}

std::shared_ptr<const Rights> RoleBook::read(const RecordStore& store,
                                             const Uuid& principal) const {
  std::vector<Uuid> roles = partners(store, ties[0], principal);
  for (const Uuid& role : partners(store, ties[1], principal)) roles.push_back(role);
  for (const Uuid& team : teams_of(store, principal))
    for (const Uuid& role : partners(store, ties[1], team)) roles.push_back(role);
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  std::vector<Grant> grants;
  for (const Uuid& role : roles) {
    if (role == administrator_) return nullptr;
    add_grants(store, role, grants);
  }
  return std::make_shared<const Rights>(std::move(grants), static_cast<int>(roles.size()));
}

void RoleBook::clear() {
  roles_.clear();
  administrator_ = {};
  known_.with([](Known& known) { known = {}; });
}

}  // namespace flit::sim::dataverse
