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

bool is_pattern(const Grant& grant) {
  return !grant.privilege.empty() && grant.privilege.back() == '*';
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

Rights::Rights(std::vector<Grant> grants, int roles) : roles_(roles) {
  for (Grant& grant : grants) {
    if (is_pattern(grant)) {
      grant.privilege.pop_back();
      patterns_.push_back(std::move(grant));
    } else {
      Depth& depth = named_[std::move(grant.privilege)];
      depth = std::max(depth, grant.depth);
    }
  }
}

Depth Rights::own_depth(std::string_view privilege) const {
  const auto found = named_.find(privilege);
  Depth depth = found == named_.end() ? Depth::none : found->second;
  for (const Grant& pattern : patterns_)
    if (privilege.starts_with(pattern.privilege)) depth = std::max(depth, pattern.depth);
  return depth;
}

Depth Rights::depth(std::string_view privilege) const {
  const Depth depth = own_depth(privilege);
  return other_ == nullptr ? depth : std::min(depth, other_->own_depth(privilege));
}

Rights Rights::common(const Rights& one, const Rights& other) {
  Rights both = one;
  both.other_ = std::make_shared<const Rights>(other);
  return both;
}

}  // namespace flit::sim::dataverse
