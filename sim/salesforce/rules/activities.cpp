// Tasks, events and e-mails (fact sheet §7).

#include <fmt/format.h>

#include "sim/salesforce/rules/object_rules.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::int64_t ms_per_minute = 60'000;
constexpr std::int64_t ms_per_day = 86'400'000;

/// AccountId follows from what the activity is about, else from who.
void derive_account(const Work& work, Draft& draft) {
  Cell account;
  for (const std::string_view name : {"WhatId", "WhoId"}) {
    const Object* kind = nullptr;
    const RecordId id = draft.value(name).id();
    const Row* about = id ? work.org.store->find(id, &kind) : nullptr;
    if (about == nullptr) continue;
    const Field* of = kind->find("AccountId");
    account = kind->name == "Account" ? Cell::of_id(id) : of != nullptr ? about->cell(*of) : Cell{};
    if (!account.is_null()) break;
  }
  draft.derive("AccountId", account);
}

Answer<void> check_about(const Work& work, const Draft& draft) {
  const RecordId who = draft.value("WhoId").id();
  if (!who || draft.value("WhatId").is_null()) return {};
  if (who.prefix() != work.org.object("Lead").prefix) return {};
  return refuse(errors::integrity(
      "You can't relate a lead and another record to the same activity.", {"WhatId"}));
}

Answer<void> check_task(Work& work, Draft& draft) {
  FLIT_TRY_VOID(check_about(work, draft));
  if (draft.changes("WhatId") || draft.changes("WhoId")) derive_account(work, draft);
  if (draft.before() == nullptr && draft.value("TaskSubtype").is_null())
    draft.derive("TaskSubtype", Cell::of_text("Task"));
  if (draft.changes("Status")) {
    const Row* status = find_record(work, "TaskStatus", "ApiName", draft.value("Status"),
                                    [](const Row&) { return true; });
    const bool closed =
        status != nullptr && value_of(work, "TaskStatus", *status, "IsClosed").is_true();
    draft.derive("IsClosed", Cell::boolean(closed));
    draft.derive("CompletedDateTime", closed ? Cell::datetime(work.org.now_ms()) : Cell{});
  }
  if (draft.changes("Priority"))
    draft.derive("IsHighPriority", Cell::boolean(draft.value("Priority").text == "High"));
  return {};
}

/// An event of whole days: from midnight, a day long unless it says otherwise.
void derive_all_day(Draft& draft) {
  Cell start = draft.value("StartDateTime");
  if (start.is_null() && !draft.value("ActivityDate").is_null())
    start = Cell::datetime(draft.value("ActivityDate").number * ms_per_day);
  if (start.is_null()) return;
  draft.derive("StartDateTime", start);
  if (draft.value("DurationInMinutes").is_null() && draft.value("EndDateTime").is_null())
    draft.derive("DurationInMinutes", Cell::integer(24 * 60));
}

/// (StartDateTime or ActivityDateTime) and (DurationInMinutes or EndDateTime), and they agree.
Answer<void> check_times(Draft& draft) {
  const Cell start = draft.value("StartDateTime");
  Cell end = draft.value("EndDateTime");
  const Cell minutes = draft.value("DurationInMinutes");
  const bool from_minutes = draft.is_from_client(*draft.object().find("DurationInMinutes"));
  if (start.is_null()) return refuse(errors::required_missing({"ActivityDateTime"}));
  if (end.is_null() && minutes.is_null())
    return refuse(errors::required_missing({"DurationInMinutes"}));
  const bool end_given = draft.is_from_client(*draft.object().find("EndDateTime"));
  if (!minutes.is_null() &&
      (end.is_null() || (from_minutes && !end_given) || draft.changes("StartDateTime")) &&
      !end_given)
    end = Cell::datetime(start.number + minutes.number * ms_per_minute);
  const std::int64_t length = end.number - start.number;
  if (end_given && from_minutes && length != minutes.number * ms_per_minute)
    return refuse(
        errors::integrity("Duration and end date/time don't agree", {"DurationInMinutes"}));
  if (length < 0)
    return refuse(
        errors::integrity("End date/time can't be before start date/time", {"EndDateTime"}));
  if (length > 14 * ms_per_day)
    return refuse(
        errors::integrity("Event duration can't be longer than 14 days", {"EndDateTime"}));
  draft.derive("EndDateTime", end);
  draft.derive("DurationInMinutes", Cell::integer(length / ms_per_minute));
  draft.derive("ActivityDateTime", start);
  draft.derive("ActivityDate", Cell::date(start.number / ms_per_day));
  draft.derive("EndDate", Cell::date(end.number / ms_per_day));
  return {};
}

Answer<void> check_event(Work& work, Draft& draft) {
  FLIT_TRY_VOID(check_about(work, draft));
  if (draft.changes("WhatId") || draft.changes("WhoId")) derive_account(work, draft);
  if (draft.is_set("ActivityDateTime") && !draft.is_set("StartDateTime"))
    draft.derive("StartDateTime", draft.value("ActivityDateTime"));
  if (draft.value("IsAllDayEvent").is_true()) derive_all_day(draft);
  return check_times(draft);
}

/// Sent mail is frozen but for its visibility and custom fields; mail outside cases is sent mail.
Answer<void> check_email(Work& work, Draft& draft) {
  const bool for_case = !draft.value("ParentId").is_null();
  if (draft.before() == nullptr) {
    if (!for_case && draft.value("Status").text != "3" && draft.value("Status").text != "5")
      return refuse(errors::integrity(
          "Email messages that aren't related to a case must have the status Sent", {"Status"}));
    return {};
  }
  if (value_of(work, "EmailMessage", *draft.before(), "Status").text == "5") return {};
  for (const std::uint16_t index : draft.touched()) {
    const Field& field = draft.object().field(index);
    if (!draft.is_from_client(field) || field.custom || field.name == "IsExternallyVisible")
      continue;
    return refuse("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id",
                  {field.name});
  }
  return {};
}

/// A message outside cases shows in the timeline as a task of subtype Email.
Answer<void> add_email_task(Work& work, Draft& draft) {
  if (!draft.value("ParentId").is_null() || !draft.value("ActivityId").is_null() ||
      draft.value("Status").text == "5")
    return {};
  const std::string subject = fmt::format("Email: {}", draft.value("Subject").text);
  FLIT_TRY(task, make_record(work, "Task",
                             {{"Subject", Cell::of_text(subject)},
                              {"TaskSubtype", Cell::of_text("Email")},
                              {"Status", Cell::of_text("Completed")},
                              {"WhatId", draft.value("RelatedToId")}}));
  draft.derive("ActivityId", Cell::of_id(task));
  return {};
}

Answer<void> save_email(Work& work, Draft& draft) {
  FLIT_TRY_VOID(check_email(work, draft));
  return draft.before() == nullptr ? add_email_task(work, draft) : Answer<void>{};
}

}  // namespace

namespace rules {
const ObjectRules task{.before_save = check_task};
const ObjectRules event{.before_save = check_event};
const ObjectRules email_message{.before_save = save_email};
}  // namespace rules

}  // namespace flit::sim::salesforce
