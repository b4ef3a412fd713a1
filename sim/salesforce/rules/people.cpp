// Contacts and their accounts, leads, users (fact sheet §7).

#include <fmt/format.h>

#include "base/text.hpp"
#include "sim/salesforce/rules/object_rules.hpp"
#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {
namespace {

/// The read-only compound Name of a person.
void derive_name(Draft& draft) {
  std::string name(draft.value("FirstName").text);
  const std::string_view last = draft.value("LastName").text;
  if (!name.empty() && !last.empty()) name += ' ';
  name += last;
  draft.derive("Name", Cell::of_text(draft.scratch.keep(std::move(name))));
}

Answer<void> name_person(Work& /*work*/, Draft& draft) {
  derive_name(draft);
  return {};
}

const Row* relation(const Work& work, RecordId account, RecordId contact) {
  const Field& other = *work.org.object("AccountContactRelation").find("AccountId");
  return find_record(work, "AccountContactRelation", "ContactId", Cell::of_id(contact),
                     [&](const Row& row) { return row.cell(other).id() == account; });
}

/// Contact.AccountId and the direct relation are one thing. A changed primary account leaves the
/// old one as an indirect relation, the account setting's default.
Answer<void> relate_account(Work& work, Draft& draft, RecordId contact) {
  if (!work.org.settings.features.contacts_to_multiple_accounts || !draft.changes("AccountId"))
    return {};
  constexpr std::string_view object = "AccountContactRelation";
  const RecordId account = draft.value("AccountId").id();
  if (draft.before() != nullptr) {
    const RecordId old = value_of(work, "Contact", *draft.before(), "AccountId").id();
    if (const Row* direct = old ? relation(work, old, contact) : nullptr)
      FLIT_TRY_VOID(
          change_record(work, object, direct->head.id, {{"IsDirect", Cell::boolean(false)}}));
  }
  if (!account) return {};
  if (const Row* known = relation(work, account, contact))
    return change_record(work, object, known->head.id, {{"IsDirect", Cell::boolean(true)}});
  FLIT_TRY_VOID(make_record(work, object,
                            {{"AccountId", Cell::of_id(account)},
                             {"ContactId", Cell::of_id(contact)},
                             {"IsActive", Cell::boolean(true)},
                             {"IsDirect", Cell::boolean(true)}}));
  return {};
}

Answer<void> check_relation(Work& work, Draft& draft) {
  if (draft.before() != nullptr || draft.is_set("IsDirect")) return {};  // not a client's insert
  const RecordId account = draft.value("AccountId").id();
  const RecordId contact = draft.value("ContactId").id();
  const Row* person = work.org.store->find(work.org.object("Contact"), contact);
  if (person == nullptr || !account) return {};  // the reference check says so
  if (value_of(work, "Contact", *person, "AccountId").is_null())
    return refuse(
        errors::integrity("You can't relate a private contact to another account", {"ContactId"}));
  if (const Row* known = relation(work, account, contact))
    return refuse(errors::duplicate_value("AccountId, ContactId", known->head.id));
  draft.derive("IsDirect", Cell::boolean(false));
  if (!draft.is_set("IsActive")) draft.derive("IsActive", Cell::boolean(true));
  return {};
}

Answer<void> keep_direct_relation(Work& work, const Row& row) {
  if (!value_of(work, "AccountContactRelation", row, "IsDirect").is_true()) return {};
  const RecordId contact = value_of(work, "AccountContactRelation", row, "ContactId").id();
  const Row* person = work.org.store->find(contact);
  if (person == nullptr || !person->is_live()) return {};
  return refuse("DELETE_FAILED",
                "You can't delete the direct relationship between a contact and its account");
}

bool is_status_converted(const Work& work, std::string_view status) {
  const Field& converted = *work.org.object("LeadStatus").find("IsConverted");
  const Row* row = find_record(work, "LeadStatus", "ApiName", Cell::of_text(status),
                               [](const Row&) { return true; });
  return row != nullptr && row->cell(converted).is_true();
}

Answer<void> check_lead(Work& work, Draft& draft) {
  derive_name(draft);
  if (draft.before() == nullptr) {
    if (draft.value("Status").is_null())
      draft.derive("Status", Cell::of_text("Open - Not Contacted"));
    if (draft.value("IsConverted").is_true() &&
        !is_status_converted(work, draft.value("Status").text))
      draft.derive("Status", Cell::of_text("Closed - Converted"));
    return {};
  }
  const bool converted = value_of(work, "Lead", *draft.before(), "IsConverted").is_true();
  if (converted && !work.org.settings.permissions.edit_converted_leads)
    return refuse("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
  return {};
}

/// E-mail shaped, lower case, unique.
Answer<void> check_user(Work& work, Draft& draft) {
  derive_name(draft);
  if (!draft.changes("Username")) return {};
  const std::string name = text::lower(draft.value("Username").text);
  if (name.find('@') == std::string::npos)
    return refuse("INVALID_EMAIL_ADDRESS", fmt::format("Username: invalid email address: {}", name),
                  {"Username"});
  const Row* other = find_record(work, "User", "Username", Cell::of_text(name),
                                 [&](const Row& row) { return &row != draft.before(); });
  if (other != nullptr)
    return refuse("DUPLICATE_USERNAME",
                  "Duplicate Username.<br>The username already exists in this or another "
                  "Salesforce organization. Usernames must be unique across all Salesforce "
                  "organizations. To resolve, use a different username (it doesn't need to match "
                  "the user's email address).",
                  {"Username"});
  draft.derive("Username", Cell::of_text(draft.scratch.keep(name)));
  if (draft.before() == nullptr && !draft.is_set("IsActive"))
    draft.derive("IsActive", Cell::boolean(true));
  return {};
}

}  // namespace

namespace rules {
const ObjectRules contact{.before_save = name_person, .after_save = relate_account};
const ObjectRules account_contact_relation{.before_save = check_relation,
                                           .before_delete = keep_direct_relation};
const ObjectRules lead{.before_save = check_lead};
const ObjectRules user{.before_save = check_user};
}  // namespace rules

}  // namespace flit::sim::salesforce
