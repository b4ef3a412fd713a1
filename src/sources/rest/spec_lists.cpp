// The descriptions of what is asked for: answers, endpoints, look-ups, and the pack as a whole.

#include "http/url.hpp"
#include "sources/rest/spec.hpp"

namespace flit::sources::rest {

void describe(spec::Choices<AnswerRule::Is>& choices) {
  using Is = AnswerRule::Is;
  choices.add("setup", Is::setup, "A person must change a credential or a permission.");
  choices.add("permanent", Is::permanent, "Refused for good.");
  choices.add("limit", Is::limit, "Slow down.");
  choices.add("transient", Is::transient, "The same request may succeed later.");
}

void describe(spec::Choices<AnswerRule::Reach>& choices) {
  using Reach = AnswerRule::Reach;
  choices.add("none", Reach::none, "Nothing.");
  choices.add("partial", Reach::partial, "Some of it can be read.");
  choices.add("forbidden", Reach::forbidden, "These credentials may not read it.");
  choices.add("absent", Reach::absent, "It does not exist here.");
}

void describe(spec::Choices<AnswerRule::Until>& choices) {
  choices.add("none", AnswerRule::Until::none, "As long as the answer says.");
  choices.add("midnight_utc", AnswerRule::Until::midnight_utc,
              "Unless it says otherwise, until "
              "the day ends.");
}

void describe(spec::Choices<AnswerRule::Wait>& choices) {
  choices.add("none", AnswerRule::Wait::none, "It has no such header.");
  choices.add("seconds", AnswerRule::Wait::seconds, "Seconds to wait.");
  choices.add("epoch_seconds", AnswerRule::Wait::epoch_seconds, "A moment; one second is added.");
}

void describe(spec::Spec<AnswerRule>& spec) {
  spec.named("answer", "What an answer means where its status alone does not say it.");
  spec.field(&AnswerRule::status, "status", "The HTTP status; 200 for errors that claim success.")
      .required()
      .between(200, 599);
  spec.field(&AnswerRule::code, "code", "The body's error code; none stands for any.");
  spec.field(&AnswerRule::is, "is", "What to do about it.").required();
  spec.field(&AnswerRule::says, "says", "For people; {key} is taken from the body.");
  spec.field(&AnswerRule::remedy, "remedy", "What they can do.");
  spec.field(&AnswerRule::until, "until", "How long a limit holds.")
      .default_to(AnswerRule::Until::none);
  spec.field(&AnswerRule::wait_header, "wait_header", "A header beside Retry-After that says it.");
  spec.field(&AnswerRule::wait, "wait", "How that header is written.")
      .default_to(AnswerRule::Wait::none);
  spec.field(&AnswerRule::reach, "reach", "What it says about an endpoint that is probed.")
      .default_to(AnswerRule::Reach::none);
}

void describe(spec::Choices<Endpoint::Holds>& choices) {
  choices.add("records", Endpoint::Holds::records, "A list of records.");
  choices.add("one", Endpoint::Holds::one, "The whole answer is one record.");
  choices.add("nothing", Endpoint::Holds::nothing, "Nothing that is kept; it is only probed.");
}

void describe(spec::Spec<Endpoint>& spec) {
  spec.named("endpoint", "One address of the source, and what its answers hold.");
  spec.field(&Endpoint::path, "path", "Behind base_url; null: it does not exist here.").required();
  spec.field(&Endpoint::query, "query", "Parameters that are always sent.");
  spec.field(&Endpoint::holds, "holds", "What an answer is.").default_to(Endpoint::Holds::records);
  spec.field(&Endpoint::paged, "paged", "Whether it comes in pages.").default_to(true);
  spec.field(&Endpoint::limit, "limit", "Records asked for per page, if not those of paging.")
      .between(0, 10'000);
  spec.field(&Endpoint::results, "results", "Where its records stand, if not under keys.results.");
  spec.field(&Endpoint::id, "id", "Where its ids stand, if not under keys.id.");
  spec.field(&Endpoint::each, "each", "A list within each record, whose elements are the records.");
  spec.field(&Endpoint::parent_prefix, "parent_prefix",
             "With each: the outer record's keys are added under this prefix.");
  spec.field(&Endpoint::details, "details",
             "Path of the whole record, asked for each: /workflows/{id}.");
  spec.field(&Endpoint::omit, "omit", "Keys beside the properties that are not kept.");
  spec.field(&Endpoint::incremental, "incremental", "Whether only changes can be asked for.");
  spec.field(&Endpoint::archived, "archived", "Whether archived records have a list of their own.");
  spec.field(&Endpoint::nested, "nested",
             "Fields stand under keys.properties; everything beside becomes @….");
  spec.field(&Endpoint::listed, "listed", "Whether a complete extraction reads it.")
      .default_to(true);
}

void describe(spec::Spec<AddedField>& spec) {
  spec.named("added field", "One value that a look-up adds to a record.");
  spec.field(&AddedField::take, "take", "A key of the row, or a text with {key} in it.").required();
  spec.field(&AddedField::type, "type", "What it is.").default_to(FieldKind{}, "text");
  spec.field(&AddedField::label, "label", "What people see.");
  spec.field(&AddedField::options_of, "options_of",
             "With type choice: a field of the same object whose options come first.");
  spec.shorthand("take");
}

void describe(spec::Spec<Join>& spec) {
  spec.named("join", "Adds to records what a small list says about an id that they hold.");
  spec.field(&Join::list, "list", "The endpoint whose rows are looked up.").required();
  spec.field(&Join::on, "on", "The field with the id, or with a list of ids.").required();
  spec.field(&Join::objects, "objects", "The objects that get it; none: all that have the field.");
  spec.field(&Join::separator, "separator", "Between the texts of several rows.").default_to("; ");
  spec.field(&Join::order, "order",
             "Keys of a row by whose numbers options stand in their order; ties, and without any: "
             "by id.");
  spec.field(&Join::add, "add", "The fields that are added, by name.")
      .required()
      .keyed_by<&AddedField::name>();
}

void describe(spec::Spec<FactsSpec>& spec) {
  spec.named("facts", "Where the account's own facts stand.");
  spec.field(&FactsSpec::endpoint, "endpoint", "The endpoint that has them.").required();
  spec.field(&FactsSpec::account, "account", "Key of its name.");
  spec.field(&FactsSpec::account_id, "account_id", "Key of its id: what tells two accounts apart.");
  spec.field(&FactsSpec::time_zone, "time_zone", "Key of its time zone.");
  spec.field(&FactsSpec::currency, "currency", "Key of its currency.");
  spec.field(&FactsSpec::locale, "locale", "Key of its locale.");
  spec.field(&FactsSpec::edition, "edition", "Key of its edition.");
}

void describe(spec::Spec<FilesSpec>& spec) {
  spec.named("files", "How a file's bytes are got.");
  spec.field(&FilesSpec::path, "path", "Path of the bytes: /files/{id}/content.").required();
  spec.field(&FilesSpec::ranges, "ranges", "Whether a cut download can go on where it ended.")
      .default_to(true);
}

void describe(spec::Spec<RestSpec>& spec) {
  spec.named("source pack",
             "A source that answers JSON over HTTP. Every key can be overridden under `source:` of "
             "flitstack.yaml.");
  spec.field(&RestSpec::base_url, "base_url", "Address that every path begins with.")
      .required()
      .check([](const std::string& text) {
        const auto url = http::Url::parse(text);
        return url ? std::string() : url.error().message;
      });
  spec.field(&RestSpec::auth, "auth", "How requests say who asks.");
  spec.field(&RestSpec::headers, "headers", "Sent with every request.");
  spec.field(&RestSpec::paging, "paging", "How long lists are read.");
  spec.field(&RestSpec::keys, "keys", "Where answers keep what every source has.");
  spec.field(&RestSpec::incremental, "incremental", "How only changes are asked for.");
  spec.field(&RestSpec::limits, "limits", "What the source may be asked.");
  spec.field(&RestSpec::answers, "answers", "What answers mean; the first that fits counts.");
  spec.field(&RestSpec::objects, "objects",
             "The list of any object; {object} stands for its name. An endpoint of the object's "
             "name overrides its path and adds to its query.");
  spec.field(&RestSpec::endpoints, "endpoints", "Everything else, by name.")
      .keyed_by<&Endpoint::name>();
  spec.field(&RestSpec::required, "required", "Lists that a migration cannot do without.");
  spec.field(&RestSpec::schema, "schema", "Where objects and fields are described.");
  spec.field(&RestSpec::associations, "associations", "Where associations are.");
  spec.field(&RestSpec::joins, "joins", "Look-ups that add fields to records.");
  spec.field(&RestSpec::facts, "facts", "Where the account's own facts stand.");
  spec.field(&RestSpec::files, "files", "How a file's bytes are got.");
  spec.field(&RestSpec::fields, "fields", "Object: logical name: the source's name for it.");
}

}  // namespace flit::sources::rest
