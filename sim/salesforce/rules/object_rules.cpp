#include "sim/salesforce/rules/object_rules.hpp"

#include <map>

namespace flit::sim::salesforce {

const ObjectRules& rules_of(std::string_view object) {
  static const ObjectRules none;
  static const std::map<std::string_view, const ObjectRules*> all = {
      {"AccountContactRelation", &rules::account_contact_relation},
      {"Attachment", &rules::attachment},
      {"Contact", &rules::contact},
      {"Lead", &rules::lead},
      {"User", &rules::user},
      {"Case", &rules::support_case},
      {"Campaign", &rules::campaign},
      {"CampaignMember", &rules::campaign_member},
      {"Opportunity", &rules::opportunity},
      {"OpportunityLineItem", &rules::opportunity_line_item},
      {"OpportunityContactRole", &rules::opportunity_contact_role},
      {"Task", &rules::task},
      {"Event", &rules::event},
      {"EmailMessage", &rules::email_message},
      {"ContentVersion", &rules::content_version},
      {"ContentDocument", &rules::content_document},
      {"ContentDocumentLink", &rules::content_document_link},
      {"ContentNote", &rules::content_note},
      {"Topic", &rules::topic},
      {"TopicAssignment", &rules::topic_assignment}};
  const auto found = all.find(object);
  return found == all.end() ? none : *found->second;
}

Answer<RecordId> make_record(Work& work, std::string_view object,
                             std::initializer_list<std::pair<std::string_view, Cell>> values) {
  Draft draft(work.org.object(object));
  for (const auto& [field, cell] : values) draft.derive(field, cell);
  return create_record(work, draft);
}

Answer<void> change_record(Work& work, std::string_view object, RecordId id,
                           std::initializer_list<std::pair<std::string_view, Cell>> values) {
  Draft draft(work.org.object(object));
  for (const auto& [field, cell] : values) draft.derive(field, cell);
  return update_record(work, id, draft);
}

}  // namespace flit::sim::salesforce
