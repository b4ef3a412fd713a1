#include "sim/salesforce/write/checks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {
namespace {

bool is_audit(const Field& field) {
  return field.home == Home::created_date || field.home == Home::created_by ||
         field.home == Home::modified_date || field.home == Home::modified_by;
}

bool may_set(const Work& work, const Draft& draft, const Field& field, const ObjectPlan& plan) {
  if (draft.before() != nullptr) return field.updateable && field.editable;
  if (field.createable) return field.editable;
  if (!work.org.settings.permissions.create_audit_fields) return false;
  const bool converted = draft.object().name == "Lead" && field.name.starts_with("Converted");
  return (is_audit(field) && plan.takes_audit_fields) || converted;
}

/// The value as it is defined, or null when it is not among those that count.
bool is_allowed(const Field& field, const RecordType* type, std::string_view value) {
  if (type != nullptr) {
    const auto narrowed = type->allowed.find(field.name);
    if (narrowed != type->allowed.end()) return narrowed->second.contains(std::string(value));
  }
  if (field.values_are_examples) return true;
  const PicklistValue* known = field.value(value);
  return known != nullptr && known->active;
}

Answer<Cell> check_parts(Draft& draft, const Field& field, const RecordType* type,
                         std::string_view value) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : text::split(value, ";")) {
    const std::string_view trimmed = text::trim(part);
    if (trimmed.empty() || std::find(parts.begin(), parts.end(), trimmed) != parts.end()) continue;
    if (field.restricted_picklist && !is_allowed(field, type, trimmed))
      return refuse(errors::bad_choice(field, trimmed));
    parts.push_back(trimmed);
  }
  const auto place = [&field](std::string_view part) {
    return field.value(part) == nullptr
               ? field.values.size()
               : static_cast<std::size_t>(field.value(part) - field.values.data());
  };
  std::stable_sort(parts.begin(), parts.end(),
                   [&](std::string_view a, std::string_view b) { return place(a) < place(b); });
  return Cell::of_text(draft.scratch.keep(text::join(parts, ";")));
}

const RecordType* record_type_of(const Draft& draft) {
  if (draft.object().record_types.empty()) return nullptr;
  return draft.object().record_type(draft.value("RecordTypeId").id());
}

/// Objects that a reference may name, by the prefix of its ids.
bool takes_prefix(const Organization& org, const Field& field, std::uint32_t prefix) {
  return std::any_of(field.parents.begin(), field.parents.end(), [&](const ParentLink& link) {
    const Object* parent = org.catalogue->find(link.object);
    return parent != nullptr && parent->prefix == prefix;
  });
}

Answer<void> check_record_type(Draft& draft, const Field& field, RecordId id) {
  if (id.counter() == 0) {  // Master
    draft.derive(field, Cell{});
    return {};
  }
  const RecordType* type = draft.object().record_type(id);
  if (type == nullptr || !type->active || !type->available)
    return refuse(
        "INVALID_CROSS_REFERENCE_KEY",
        fmt::format("Record Type ID: this ID value isn't valid for the user: {}", id.text()),
        {field.name});
  return {};
}

Answer<void> check_owner(const Work& work, const Draft& draft, RecordId id) {
  const Object* kind = nullptr;
  const Row* owner = work.org.store->find(id, &kind);
  if (kind->name != "User" || work.org.settings.permissions.update_with_inactive_owner) return {};
  if (owner->cell(*kind->find("IsActive")).is_true()) return {};
  return refuse(errors::inactive_owner(id, draft.object()));
}

}  // namespace

Answer<void> check_writable(const Work& work, const Draft& draft, const ObjectPlan& plan) {
  std::vector<std::string> refused;
  for (const std::uint16_t index : draft.touched()) {
    const Field& field = draft.object().field(index);
    if (draft.is_from_client(field) && !may_set(work, draft, field, plan))
      refused.push_back(field.name);
  }
  if (!refused.empty()) return refuse(errors::read_only(refused));
  return {};
}

Answer<void> check_required(const Draft& draft, const ObjectPlan& plan) {
  std::vector<std::string> missing;
  for (const Field* field : plan.required)
    if (draft.value(*field).is_null()) missing.push_back(field->name);
  if (!missing.empty()) return refuse(errors::required_missing(missing));
  return {};
}

Answer<void> check_choices(Draft& draft) {
  const RecordType* type = record_type_of(draft);
  for (std::size_t i = 0; i < draft.touched().size(); ++i) {
    const Field& field = draft.object().field(draft.touched()[i]);
    if (!is_choice(field.type) || !draft.is_from_client(field)) continue;
    const Cell cell = draft.value(field);
    if (cell.is_null()) continue;
    if (field.type == FieldType::multipicklist) {
      FLIT_TRY(ordered, check_parts(draft, field, type, cell.text));
      draft.set(field, ordered);
    } else if (field.restricted_picklist && !is_allowed(field, type, cell.text)) {
      return refuse(errors::bad_choice(field, cell.text));
    }
  }
  return {};
}

Answer<void> check_references(const Work& work, Draft& draft, const ObjectPlan& plan) {
  for (std::size_t i = 0; i < draft.touched().size(); ++i) {
    const Field& field = draft.object().field(draft.touched()[i]);
    if (!field.is_reference() || !draft.is_from_client(field)) continue;
    const RecordId id = draft.value(field).id();
    if (!id) continue;
    if (&field == plan.record_type) {
      FLIT_TRY_VOID(check_record_type(draft, field, id));
      continue;
    }
    if (!takes_prefix(work.org, field, id.prefix()))
      return refuse(errors::bad_id(field, id.text()));
    const Row* row = work.org.store->find(id);
    if (row == nullptr) return refuse(errors::bad_reference(field));
    if (!row->is_live()) {
      Refusal gone = errors::entity_is_deleted();
      gone.status = 400;
      return refuse(std::move(gone));
    }
    if (&field == plan.owner) FLIT_TRY_VOID(check_owner(work, draft, id));
  }
  return {};
}

Answer<void> check_unique(const Work& work, const Draft& draft, const ObjectPlan& plan,
                          RecordId self) {
  for (const Field* field : plan.unique) {
    if (!draft.is_set(*field)) continue;
    RecordId other{};
    work.org.store->table(draft.object())
        .each_with(*field, draft.value(*field), [&](const Row& row) {
          if (row.is_live() && row.head.id != self) other = row.head.id;
          return !other;
        });
    if (other) return refuse(errors::duplicate_value(field->name, other));
  }
  return {};
}

}  // namespace flit::sim::salesforce
