#pragma once
/// @file Records with special rules (fact sheet §7): what the platform itself works out, refuses,
/// or does besides.
///
/// One set of functions per object, any of them null. They run under the exclusive lock, inside the
/// transaction of the write.

#include <string_view>

#include "sim/salesforce/write/work.hpp"

namespace flit::sim::salesforce {

struct ObjectRules {
  /// Before anything is checked: derives fields, refuses what contradicts itself.
  Answer<void> (*before_save)(Work&, Draft&) = nullptr;
  /// The row is in (create) or about to be exchanged (update; draft.before() is what was there).
  Answer<void> (*after_save)(Work&, Draft&, RecordId) = nullptr;
  /// May refuse; may delete what belongs to the record.
  Answer<void> (*before_delete)(Work&, const Row&) = nullptr;
  bool skips_bin = false;  ///< a deleted record cannot be brought back
};

/// Rules without functions for objects that have none.
const ObjectRules& rules_of(std::string_view object);

// By the file that has them.
namespace rules {
extern const ObjectRules account_contact_relation, attachment, contact, lead, support_case,
    campaign, campaign_member, opportunity, opportunity_line_item, opportunity_contact_role, task,
    event, email_message, content_version, content_document, content_document_link, content_note,
    topic, topic_assignment, user;
}  // namespace rules

/// Makes a record of the platform's own: `values` are derived, not checked as a client's.
Answer<RecordId> make_record(Work& work, std::string_view object,
                             std::initializer_list<std::pair<std::string_view, Cell>> values);

/// Changes some values of a record of the platform's own accord.
Answer<void> change_record(Work& work, std::string_view object, RecordId id,
                           std::initializer_list<std::pair<std::string_view, Cell>> values);

/// The first live record of `object` whose `field` is `value` and that `accept` takes; null if
/// none.
template <typename Accept>
const Row* find_record(const Work& work, std::string_view object, std::string_view field,
                       const Cell& value, const Accept& accept) {
  const Object& of = work.org.object(object);
  const Row* found = nullptr;
  work.org.store->table(of).each_with(*of.find(field), value, [&](const Row& row) {
    if (row.is_live() && accept(row)) found = &row;
    return found == nullptr;
  });
  return found;
}

/// A value of a row by its field's name.
inline Cell value_of(const Work& work, std::string_view object, const Row& row,
                     std::string_view field) {
  return row.cell(*work.org.object(object).find(field));
}

}  // namespace flit::sim::salesforce
