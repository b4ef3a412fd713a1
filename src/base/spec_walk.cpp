#include "base/detail/spec_walk.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace flit::spec::detail {
namespace {

/// The named type behind lists, maps and the like, if there is one.
const Type* named_behind(const Type& type) {
  const Type* at = &type;
  while (at->inner != nullptr) at = &at->inner();
  return at->shape == Shape::structure || at->shape == Shape::cases ? at : nullptr;
}

void note(const Type& type, std::vector<const Type*>& found) {
  const Type* named = named_behind(type);
  if (named == nullptr || std::find(found.begin(), found.end(), named) != found.end()) return;
  FLIT_CHECK(!named->name.empty(), "a described structure has a name");
  for (const Type* other : found)
    FLIT_CHECK(other->name != named->name, "two types of one spec have different names");
  found.push_back(named);
}

}  // namespace

std::vector<const Type*> named_types(const Type& root) {
  std::vector<const Type*> found;
  note(root, found);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Type& type = *found[i];
    for (const Field& field : type.fields) note(field.type(), found);
    for (const Case& each : type.cases) note(each.type(), found);
  }
  return found;
}

}  // namespace flit::spec::detail
