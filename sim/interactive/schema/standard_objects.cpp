// The standard properties of facts/sources.md §1.5, written as that page writes them:
//   name type flags [=option,option…] with R required, U unique, C calculated, D default set,
//   E epoch_ms, A4 scale 4, $property naming the currency.

#include "base/text.hpp"
#include "sim/interactive/schema/object_schema.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::string_view everywhere = R"(
record_id string C
last_activity_at datetime C)";

constexpr std::string_view contacts = R"(
email email UD
additional_emails string
salutation string
first_name string D
last_name string D
suffix string
job_title string
phone phone
mobile_phone phone
fax phone
website url
linkedin_url url
lifecycle_stage enum D =lead:Lead,prospect:Prospect,mql:Marketing qualified,opportunity:Opportunity,customer:Customer,active:Active client,-evangelist:Evangelist
status enum D =prospect,lead,active,inactive,former,do_not_contact
lead_status enum =new,open,in_progress,unqualified,attempted,connected
lead_source enum =website,referral,event,advertising,partner,other
owner_id user D
street string
street2 string
city string
state string
postal_code string
country string
birth_date date E
language enum =en:English,es:Spanish,fr:French,de:German,da:Danish
timezone string
description text
email_opt_out bool
do_not_call bool
consent json
score number
full_name string C
became_customer_at datetime C)";

constexpr std::string_view companies = R"(
name string RD
domain string D
industry enum =legal,finance,manufacturing,healthcare,retail,technology,education,real_estate,other
company_type enum =prospect,partner,client,vendor,court
phone phone
website url
street string
street2 string
city string
state string
postal_code string
country string
annual_revenue currency
employees number
founded_year number
description text
parent_company_id string D
owner_id user D
tax_id string U
lifecycle_stage enum =lead:Lead,prospect:Prospect,mql:Marketing qualified,opportunity:Opportunity,customer:Customer,active:Active client,-evangelist:Evangelist)";

constexpr std::string_view deals = R"(
name string RD
amount currency D $currency_code
currency_code enum =USD,EUR,GBP,CAD
close_date date D
pipeline_id string RD
stage_id string RD
owner_id user D
deal_type enum =new_business,existing_business,renewal
probability decimal A4
forecast_category enum =omitted,pipeline,best_case,commit,closed
lost_reason enum =price,competitor,timing,no_decision,other
closed_at datetime C
is_closed bool C
is_won bool C
expected_amount currency C $currency_code
description text
next_step string
source_ref string)";

constexpr std::string_view calls = R"(
subject string
body text
direction enum =inbound,outbound
outcome enum =connected,left_voicemail,no_answer,busy,wrong_number
from_number phone
to_number phone
started_at datetime R
duration_ms number
recording_url url
owner_id user
status enum =scheduled,completed,canceled)";

constexpr std::string_view emails = R"(
subject string
body_html html
body_text text
direction enum =incoming,outgoing
sent_at datetime R
message_id string
in_reply_to string
thread_id string
status enum =draft,scheduled,sent,bounced,failed
headers json
open_count number
click_count number
owner_id user)";

constexpr std::string_view meetings = R"(
subject string
body_html html
location string
starts_at datetime R
ends_at datetime R
all_day bool
outcome enum =scheduled,completed,rescheduled,no_show,canceled
meeting_url url
recurrence_id string
owner_id user)";

constexpr std::string_view tasks = R"(
subject string R
body text
type enum =todo,call,email,letter
status enum =not_started,in_progress,waiting,completed,deferred
priority enum =low,normal,high
due_at datetime
reminder_at datetime
completed_at datetime
owner_id user)";

constexpr std::string_view notes = R"(
body_html html R
pinned bool
owner_id user
noted_at datetime)";

constexpr std::string_view matters = R"(
name string RD
matter_number string UD
matter_type enum =estate_plan,trust_admin,probate,elder_law,business
status enum =open,pending,closed
client_id string RD
spouse_id string D
pairing enum D =single,spouses,former_spouses
opened_on date
closed_on date
fee currency
responsible_id user)";

void read_options(Property& property, std::string_view list) {
  int order = 0;
  for (std::string_view one : text::split(list, ",")) {
    Option option{.value = "", .label = "", .order = ++order, .archived = one.starts_with('-')};
    if (option.archived) one.remove_prefix(1);
    const auto colon = one.find(':');
    option.value = std::string(one.substr(0, colon));
    option.label = colon == one.npos ? label_of(option.value) : std::string(one.substr(colon + 1));
    property.options.push_back(std::move(option));
  }
}

void read_flags(Property& property, std::string_view flags) {
  for (const char flag : flags) {
    property.required |= flag == 'R';
    property.unique |= flag == 'U';
    property.calculated |= flag == 'C';
    property.is_default |= flag == 'D';
    property.epoch_ms |= flag == 'E';
    if (flag == '4') property.scale = 4;
  }
}

/// Lengths and scales of facts/sources.md §1.3.
void set_sizes(Property& property) {
  if (property.type == PropertyType::string) property.max_length = 255;
  if (property.type == PropertyType::text) property.max_length = 65'536;
  if (property.type == PropertyType::html) property.max_length = 1'048'576;
  if (property.type == PropertyType::currency && !property.scale) property.scale = 2;
}

Property read_line(std::string_view line, std::string_view group) {
  Property property{.name = "", .group = std::string(group)};
  const auto options_at = line.find(" =");
  std::string_view head = line.substr(0, options_at);
  if (options_at != line.npos) read_options(property, line.substr(options_at + 2));
  const auto words = text::split(head, " ");
  property.name = std::string(words[0]);
  property.label = label_of(words[0]);
  property.type = *property_type(words[1]);
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i].starts_with('$'))
      property.currency_property = std::string(words[i].substr(1));
    else
      read_flags(property, words[i]);
  }
  set_sizes(property);
  return property;
}

void add_lines(ObjectSchema& schema, std::string_view lines, std::string_view group) {
  for (std::string_view line : text::split(lines, "\n"))
    if (!line.empty()) schema.add(read_line(line, group));
}

struct Named {
  const char* name;
  const char* label;
  const char* display;
  std::string_view lines;
};

}  // namespace

std::vector<ObjectSchema> standard_objects() {
  std::vector<ObjectSchema> objects;
  for (const Named& one :
       {Named{"contacts", "Contact", "email", contacts},
        Named{"companies", "Company", "name", companies}, Named{"deals", "Deal", "name", deals},
        Named{"calls", "Call", "subject", calls}, Named{"emails", "Email", "subject", emails},
        Named{"meetings", "Meeting", "subject", meetings}, Named{"tasks", "Task", "subject", tasks},
        Named{"notes", "Note", "record_id", notes}, Named{"matters", "Matter", "name", matters}}) {
    ObjectSchema schema;
    schema.name = one.name;
    schema.label = one.label;
    schema.label_plural = label_of(one.name);
    schema.primary_display = one.display;
    if (schema.name == "matters") schema.module = "matters";
    add_lines(schema, one.lines, schema.name + "_information");
    add_lines(schema, everywhere, "system");
    objects.push_back(std::move(schema));
  }
  return objects;
}

ObjectSchema custom_object(std::string name, std::string label, std::string label_plural) {
  ObjectSchema schema;
  schema.name = std::move(name);
  schema.label = std::move(label);
  schema.label_plural = std::move(label_plural);
  schema.custom = true;
  add_lines(schema, everywhere, "system");
  return schema;
}

}  // namespace flit::sim::interactive
