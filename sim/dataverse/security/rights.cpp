#include "sim/dataverse/security/rights.hpp"

#include <algorithm>

namespace flit::sim::dataverse {
namespace {

std::string_view verb(AccessRight access) {
  switch (access) {
    case AccessRight::create:
      return "Create";
    case AccessRight::read:
      return "Read";
    case AccessRight::write:
      return "Write";
    case AccessRight::remove:
      return "Delete";
    case AccessRight::append:
      return "Append";
    case AccessRight::append_to:
      return "AppendTo";
    case AccessRight::share:
      return "Share";
    case AccessRight::assign:
      return "Assign";
  }
  return "";
}

bool fits(const Grant& grant, std::string_view privilege) {
  const std::string_view name = grant.privilege;
  if (!name.empty() && name.back() == '*')
    return privilege.starts_with(name.substr(0, name.size() - 1));
  return name == privilege;
}

Depth deepest(const std::vector<Grant>& grants, std::string_view privilege) {
  Depth depth = Depth::none;
  for (const Grant& grant : grants)
    if (grant.depth > depth && fits(grant, privilege)) depth = grant.depth;
  return depth;
}

}  // namespace

std::string privilege_name(AccessRight access, const Table& table) {
  std::string name = "prv" + std::string(verb(access));
  if (table.is_activity)
    name += "Activity";
  else if (table.logical_name == "annotation")
    name += "Note";
  else if (table.logical_name == "systemuser")
    name += "User";
  else
    name += table.schema_name;
  return name;
}

std::string_view access_name(AccessRight access) {
  constexpr std::string_view names[] = {"CreateAccess", "ReadAccess",   "WriteAccess",
                                        "DeleteAccess", "AppendAccess", "AppendToAccess",
                                        "ShareAccess",  "AssignAccess"};
  return names[static_cast<std::size_t>(access)];
}

Grant Grant::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  const bool own = colon != std::string_view::npos && text.substr(colon + 1) == "own";
  return {std::string(text.substr(0, colon)), own ? Depth::own : Depth::all};
}

Rights::Rights(std::vector<Grant> grants, int roles) : grants_(std::move(grants)), roles_(roles) {}

Depth Rights::depth(std::string_view privilege) const {
  const Depth depth = deepest(grants_, privilege);
  return is_common_ ? std::min(depth, deepest(also_needed_, privilege)) : depth;
}

Rights Rights::common(const Rights& one, const Rights& other) {
  Rights both(one.grants_, one.roles_);
  both.also_needed_ = other.grants_;
  both.is_common_ = true;
  return both;
}

}  // namespace flit::sim::dataverse
