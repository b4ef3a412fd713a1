#include <fmt/format.h>

#include "sim/salesforce/rules/business_rules.hpp"
#include "sim/salesforce/rules/object_rules.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/values/read_value.hpp"
#include "sim/salesforce/write/checks.hpp"
#include "sim/salesforce/write/work.hpp"

namespace flit::sim::salesforce {
namespace {

const PicklistValue* default_choice(const Field& field) {
  for (const PicklistValue& value : field.values)
    if (value.is_default && value.active) return &value;
  return nullptr;
}

void set_defaults(const Work& work, Draft& draft, const ObjectPlan& plan) {
  for (const Field* field : plan.defaulted) {
    if (draft.is_set(*field) && (field->nillable || !draft.value(*field).is_null())) continue;
    const PicklistValue* choice = default_choice(*field);
    const auto cell =
        read_text(*field, choice != nullptr ? choice->value : field->default_value, draft.scratch);
    if (cell) draft.derive(*field, *cell);
  }
  if (plan.owner != nullptr && draft.value(*plan.owner).is_null())
    draft.derive(*plan.owner, Cell::of_id(work.caller.user));
}

/// "P-{0000}" with the number in place of the braces, at least as wide as the zeros.
std::string auto_number(std::string_view format, std::uint64_t number) {
  const std::size_t open = format.find('{');
  const std::size_t close = format.find('}');
  if (open == std::string_view::npos || close == std::string_view::npos)
    return fmt::format("{:08}", number);
  return fmt::format("{}{:0{}}{}", format.substr(0, open), number, close - open - 1,
                     format.substr(close + 1));
}

void set_auto_numbers(Draft& draft, const ObjectPlan& plan, RecordId id) {
  for (const Field* field : plan.auto_numbers)
    draft.derive(*field, Cell::of_text(
                             draft.scratch.keep(auto_number(field->display_format, id.counter()))));
}

/// Audit fields the client was allowed to set; "nothing in the future, not before it was created".
Answer<void> set_audit_fields(const Draft& draft, RowHead& head, std::int64_t now) {
  const Object& object = draft.object();
  const auto given = [&](std::string_view name) {
    const Field* field = object.find(name);
    return field != nullptr && draft.is_from_client(*field) ? draft.value(*field) : Cell{};
  };
  if (const Cell by = given("CreatedById"); !by.is_null()) head.created_by = by.id();
  if (const Cell by = given("LastModifiedById"); !by.is_null()) head.modified_by = by.id();
  if (const Cell at = given("CreatedDate"); !at.is_null()) head.created_ms = at.number;
  if (const Cell at = given("LastModifiedDate"); !at.is_null()) head.modified_ms = at.number;
  if (head.created_ms > now || head.modified_ms > now)
    return refuse(
        errors::integrity("Created and modified dates cannot be in the future", {"CreatedDate"}));
  if (head.created_ms > head.modified_ms)
    return refuse(
        errors::integrity("Created date cannot be after the last modified date", {"CreatedDate"}));
  return {};
}

/// What is asked of every record once the platform has worked out its own part.
Answer<void> check_all(Work& work, Draft& draft, const ObjectPlan& plan, RecordId self) {
  FLIT_TRY_VOID(check_required(draft, plan));
  FLIT_TRY_VOID(check_choices(draft));
  FLIT_TRY_VOID(check_references(work, draft, plan));
  FLIT_TRY_VOID(check_unique(work, draft, plan, self));
  return apply_business_rules(work, draft, self);
}

Answer<RecordId> insert(Work& work, Draft& draft) {
  const Object& object = draft.object();
  const ObjectPlan& plan = work.org.plan(object);
  const ObjectRules& rules = rules_of(object.name);
  FLIT_TRY_VOID(check_writable(work, draft, plan));
  set_defaults(work, draft, plan);
  if (rules.before_save != nullptr) FLIT_TRY_VOID(rules.before_save(work, draft));
  FLIT_TRY_VOID(check_all(work, draft, plan, {}));
  FLIT_TRY_VOID(check_storage(work.org));
  auto row = std::make_unique<Row>();
  const std::int64_t now = work.org.now_ms();
  row->head.created_ms = row->head.modified_ms = row->head.stamp_ms = now;
  row->head.created_by = row->head.modified_by = work.caller.user;
  if (plan.takes_audit_fields) FLIT_TRY_VOID(set_audit_fields(draft, row->head, now));
  const RecordId id = work.org.store->next_id(object);
  row->head.id = id;
  set_auto_numbers(draft, plan, id);
  row->pack(draft.cells());
  work.transaction.put(object, std::move(row));
  if (rules.after_save != nullptr) FLIT_TRY_VOID(rules.after_save(work, draft, id));
  return id;
}

Answer<void> exchange(Work& work, const Row& before, Draft& draft) {
  const Object& object = draft.object();
  const ObjectPlan& plan = work.org.plan(object);
  const ObjectRules& rules = rules_of(object.name);
  draft.set_before(&before);
  FLIT_TRY_VOID(check_writable(work, draft, plan));
  if (rules.before_save != nullptr) FLIT_TRY_VOID(rules.before_save(work, draft));
  FLIT_TRY_VOID(check_all(work, draft, plan, before.head.id));
  auto row = std::make_unique<Row>();
  row->head = before.head;
  row->head.modified_ms = row->head.stamp_ms = work.org.now_ms();
  row->head.modified_by = work.caller.user;
  row->pack(draft.cells());
  // The rule still compares with what was there, so it runs before the row is exchanged.
  if (rules.after_save != nullptr) FLIT_TRY_VOID(rules.after_save(work, draft, before.head.id));
  work.transaction.put(object, std::move(row));
  return {};
}

}  // namespace

Answer<RecordId> create_record(Work& work, Draft& draft) {
  const std::size_t mark = work.transaction.mark();
  auto created = insert(work, draft);
  if (!created) work.transaction.roll_back_to(mark);
  return created;
}

Answer<void> update_record(Work& work, RecordId id, Draft& draft) {
  const std::size_t mark = work.transaction.mark();
  const Row* before = work.org.store->find(draft.object(), id);
  auto done = exchange(work, *before, draft);
  if (!done) work.transaction.roll_back_to(mark);
  return done;
}

Answer<const Row*> live_record(const Organization& org, const Object& object,
                               std::string_view text) {
  const auto id = RecordId::parse(text);
  if (!id) return refuse(errors::malformed_id(text));
  const Row* row = org.store->find(object, *id);
  if (row == nullptr || row->head.state == RowState::emptied) return refuse(errors::not_found());
  if (!row->is_live()) return refuse(errors::entity_is_deleted());
  return row;
}

}  // namespace flit::sim::salesforce
