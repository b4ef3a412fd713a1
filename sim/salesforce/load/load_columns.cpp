#include "sim/salesforce/load/load_columns.hpp"

#include "base/text.hpp"
#include "sim/salesforce/write/record_reader.hpp"

namespace flit::sim::salesforce {
namespace {

Error not_found(std::string_view name) {
  return Error{.message = "InvalidBatch : Field name not found : " + std::string(name)};
}

/// "Lead:Who.Email" → type "Lead", relationship "Who", key "Email".
struct ParentName {
  std::string_view type{};
  std::string_view relationship{};
  std::string_view key{};
};

ParentName parts_of(std::string_view name) {
  ParentName parts;
  const std::size_t dot = name.rfind('.');
  parts.key = name.substr(dot + 1);
  parts.relationship = name.substr(0, dot);
  const std::size_t colon = parts.relationship.find(':');
  if (colon == std::string_view::npos) return parts;
  parts.type = parts.relationship.substr(0, colon);
  parts.relationship.remove_prefix(colon + 1);
  return parts;
}

/// The one object a column names: by its type when there are several, without when there is one.
Result<std::string> parent_of(const Field& reference, const ParentName& parts) {
  const bool several = reference.parents.size() > 1;
  if (!several && !parts.type.empty())
    return Error{.message =
                     "InvalidBatch : type is not needed for non polymorphic foreign key "
                     "references: " +
                     std::string(parts.relationship)};
  if (!several) return reference.parents.front().object;
  for (const ParentLink& link : reference.parents)
    if (text::equals_ascii_fold(link.object, parts.type)) return link.object;
  return Error{.message = "InvalidBatch : Unable to find relationship: " +
                          std::string(parts.relationship)};
}

Result<LoadColumn> parent_column(const Organization& org, const Object& object,
                                 std::string_view name) {
  const ParentName parts = parts_of(name);
  const Field* reference = object.find_relationship(parts.relationship);
  if (reference == nullptr || !reference->is_visible() || reference->parents.empty())
    return Error{.message = "InvalidBatch : Unable to find relationship: " +
                            std::string(parts.relationship)};
  FLIT_TRY(parent_name, parent_of(*reference, parts));
  const Object* parent = org.catalogue->find(parent_name);
  const Field* key = parent == nullptr ? nullptr : parent->find_visible(parts.key);
  if (key == nullptr || !is_key(*key)) return not_found(name);
  return LoadColumn{
      .kind = LoadColumn::Kind::parent, .field = reference, .parent = parent, .parent_key = key};
}

}  // namespace

Result<std::vector<LoadColumn>> bind_columns(const Organization& org, const Object& object,
                                             std::span<const std::string> header) {
  std::vector<LoadColumn> columns;
  for (const std::string& name : header) {
    if (name.find('.') != std::string::npos) {
      FLIT_TRY(column, parent_column(org, object, name));
      columns.push_back(column);
      continue;
    }
    const Field* field = object.find_visible(name);
    if (field == nullptr || is_compound(field->type)) return not_found(name);
    columns.push_back(
        {.kind = field->home == Home::id ? LoadColumn::Kind::id : LoadColumn::Kind::field,
         .field = field});
  }
  return columns;
}

}  // namespace flit::sim::salesforce
