#include "sim/salesforce/api/upsert.hpp"

#include <fmt/format.h>

#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/write/record_reader.hpp"

namespace flit::sim::salesforce {

Answer<const Field*> key_field(const Object& object, std::string_view name) {
  const Field* field = object.find_visible(name);
  if (field == nullptr || !is_key(*field)) {
    Refusal refusal = errors::not_found();
    refusal.message =
        fmt::format("Provided external ID field does not exist or is not accessible: {}", name);
    return refuse(std::move(refusal));
  }
  return field;
}

std::vector<RecordId> matching(const Organization& org, const Object& object, const Field& key,
                               const Cell& value) {
  std::vector<RecordId> found;
  const RecordTable* table = org.store->find_table(object);
  if (table == nullptr || value.is_null()) return found;
  if (key.home == Home::id) {
    const Row* row = table->find(value.id());
    if (row != nullptr && row->is_live()) found.push_back(row->head.id);
    return found;
  }
  table->each_with(key, value, [&](const Row& row) {
    if (row.is_live()) found.push_back(row.head.id);
    return true;
  });
  return found;
}

Answer<Upserted> upsert_record(Work& work, const Field& key, const Cell& value, Draft& draft,
                               bool update_only) {
  const std::vector<RecordId> found = matching(work.org, draft.object(), key, value);
  if (found.size() > 1) return refuse(errors::several_found(key, found));
  if (!found.empty()) {
    FLIT_TRY_VOID(update_record(work, found.front(), draft));
    return Upserted{found.front(), false};
  }
  if (key.home == Home::id && !value.is_null()) {
    const Row* row = work.org.store->find(draft.object(), value.id());
    if (row != nullptr && row->head.state == RowState::binned)
      return refuse(errors::entity_is_deleted());
    return refuse("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  }
  if (update_only) return refuse(errors::not_found());
  if (!draft.object().flags.createable) return refuse(does_not_support(draft.object(), "create"));
  if (key.home != Home::id) draft.set(key, value);
  FLIT_TRY(id, create_record(work, draft));
  return Upserted{id, true};
}

}  // namespace flit::sim::salesforce
