#include "engine/record_questions.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/text.hpp"
#include "base/time.hpp"
#include "engine/markup_marks.hpp"
#include "mapping/email.hpp"
#include "mapping/text_converters.hpp"
#include "store/staged_questions.hpp"

namespace flit::engine {
namespace {

using model::FieldType;

constexpr int earliest_year = 1900;
constexpr int years_ahead = 30;
constexpr int fewest_digits = 5;  // of anything that could be a phone number

std::string text_at(const mapping::RecordView& view, std::size_t field) {
  std::string buffer;
  const json::Value value = view.field(field);
  return mapping::is_empty(value) ? std::string() : std::string(mapping::text_of(value, buffer));
}

bool looks_like_a_phone_number(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) >=
         fewest_digits;
}

/// The year of a day or moment, written as ISO 8601 or as milliseconds; 0: not readable.
int year_of(const model::Field& field, const std::string& text) {
  if (!field.native_type.ends_with("epoch_ms")) return std::atoi(text.substr(0, 4).c_str());
  const auto moment = instant_from_epoch_ms(std::strtoll(text.c_str(), nullptr, 10));
  return moment ? int(utc_date_of(*moment).year()) : 0;
}

/// The condition with the account's own currency in place of {currency}.
model::Condition filled(model::Condition condition, const std::string& currency) {
  for (std::string& value : condition.values)
    value = text::replace_all(value, "{currency}", currency);
  for (model::Condition& part : condition.parts) part = filled(std::move(part), currency);
  return condition;
}

bool is_option(const model::Field& field, std::string_view value) {
  return std::any_of(field.options.begin(), field.options.end(), [&](const model::Option& option) {
    return option.value == value && !option.archived;
  });
}

std::vector<std::string> choices_in(json::Value value, const model::Field& field) {
  std::vector<std::string> all;
  if (value.is_array()) {
    for (const json::Value one : value.elements()) all.emplace_back(one.string_or(""));
    return all;
  }
  std::string buffer;
  const std::string_view text = mapping::text_of(value, buffer);
  for (const auto one : text::split(text, field.type == FieldType::choices ? ";" : "\n"))
    all.emplace_back(one);
  return all;
}

/// Every choice of the value is one of the field's options.
bool is_offered(const model::Field& field, json::Value value) {
  const std::vector<std::string> choices = choices_in(value, field);
  return std::all_of(choices.begin(), choices.end(),
                     [&](const std::string& one) { return one.empty() || is_option(field, one); });
}

/// Of the fields that this source has.
std::vector<std::size_t> numbers_of(const std::vector<std::string>& fields,
                                    const mapping::FieldNumbers& numbers) {
  std::vector<std::size_t> known;
  for (const std::string& field : fields)
    if (const auto number = numbers.find(field)) known.push_back(*number);
  return known;
}

}  // namespace

Result<RecordQuestions> RecordQuestions::compile(const Profile::Inputs& inputs,
                                                 const model::Object& object,
                                                 const mapping::FieldNumbers& numbers,
                                                 store::Books& books, Instant started) {
  RecordQuestions questions(object, books);
  questions.pictures_ = inputs.path.quality.pictures;
  if (started != Instant{}) questions.latest_year_ = int(utc_date_of(started).year()) + years_ahead;
  questions.compile_references(inputs.path);
  FLIT_TRY_VOID(questions.compile_rules(inputs.path.quality, inputs.locale, numbers));
  return questions;
}

// What a schema calls a reference must be live. What only the map takes for one may be archived: a
// placeholder stands for it (facts/sources.md XI-06).
void RecordQuestions::compile_references(const packs::PathPack& path) {
  references_.resize(object_->fields.size());
  for (std::size_t i = 0; i < object_->fields.size(); ++i) {
    const model::Field& field = object_->fields[i];
    if (field.targets.size() == 1)
      references_[i] =
          Reference{.target = field.targets.front(), .owner = field.targets.front() == "owners"};
  }
  for (const mapping::ObjectFile& file : path.objects) {
    if (file.object != object_->name) continue;
    for (const model::FieldRule& rule : file.fields)
      if (rule.convert == "record") compile_converted(rule);
  }
}

void RecordQuestions::compile_converted(const model::FieldRule& rule) {
  for (std::size_t i = 0; i < object_->fields.size(); ++i) {
    if (object_->fields[i].name != rule.from) continue;
    for (const auto& [key, value] : rule.arguments)
      if (key == "object" && !references_[i])
        references_[i] = Reference{.target = value, .archived_will_do = true};
  }
}

// A rule about a field that this source does not have asks nothing.
Result<void> RecordQuestions::compile_rules(const packs::QualityRules& rules,
                                            const mapping::Locale& locale,
                                            const mapping::FieldNumbers& numbers) {
  compile_shared(rules, numbers);
  for (const packs::ConditionRule& rule : rules.conditions) {
    if (rule.object != object_->name) continue;
    auto when = mapping::compile_condition(filled(rule.when, locale.currency), *object_, numbers);
    if (when) rules_.push_back({rule.code, std::move(*when)});
  }
  for (const packs::ListedRule& rule : rules.listed) {
    const auto number = numbers.find(rule.field);
    if (rule.object == object_->name && number)
      listed_.push_back({&rule, *number, numbers.find(rule.about_field)});
  }
  for (const packs::PairRule& rule : rules.pairs)
    if (rule.object == object_->name) compile_pair(rule, numbers);
  return {};
}

void RecordQuestions::compile_shared(const packs::QualityRules& rules,
                                     const mapping::FieldNumbers& numbers) {
  for (const packs::SharedValueRule& rule : rules.shared)
    if (rule.object == object_->name)
      shared_.push_back({rule.code, numbers_of(rule.fields, numbers)});
  if (object_->name == rules.pictures.list)
    if (const auto number = numbers.find(rules.pictures.content_id))
      shared_.push_back({std::string(content_ids), {*number}});
}

void RecordQuestions::compile_pair(const packs::PairRule& rule,
                                   const mapping::FieldNumbers& numbers) {
  auto when = mapping::compile_condition(rule.when, *object_, numbers);
  if (when) pairs_.push_back({&rule, std::move(*when), numbers_of(rule.fields, numbers)});
}

Result<void> RecordQuestions::ask(const Asked& asked, const Answers& answers) const {
  for (std::size_t i = 0; i < object_->fields.size(); ++i)
    FLIT_TRY_VOID(ask_field(asked, i, answers.found));
  for (const Rule& rule : rules_)
    if (rule.when->holds(asked.view, asked.staged.record.payload))
      answers.found({rule.code, object_->name, {}, asked.staged.record.key.id});
  FLIT_TRY_VOID(ask_lists(asked, answers.found));
  FLIT_TRY_VOID(ask_pairs(asked, answers));
  share(asked, answers.shared);
  return {};
}

Result<void> RecordQuestions::ask_field(const Asked& asked, std::size_t number,
                                        const FoundSink& found) const {
  const model::Field& field = object_->fields[number];
  const json::Value value = asked.view.field(number);
  const std::string& id = asked.staged.record.key.id;
  const auto say = [&](std::string_view code) { found({code, object_->name, field.name, id}); };
  if (mapping::is_empty(value)) {
    if (field.required != model::Requirement::none) say("missing_required");
    if (references_[number] && references_[number]->owner) say("owner_missing");
    return {};
  }
  const std::string text = text_at(asked.view, number);
  if (references_[number]) return ask_reference(asked, number, text, found);
  if (field.type == FieldType::html) return ask_markup(asked, field, text, found);
  if (const std::string_view code = misfit(field, value, text); !code.empty()) say(code);
  return {};
}

/// The finding of a value that its field's type does not allow; empty: it does.
std::string_view RecordQuestions::misfit(const model::Field& field, json::Value value,
                                         const std::string& text) const {
  switch (field.type) {
    case FieldType::email:
      return mapping::is_email_address(text) ? "" : "invalid_email";
    case FieldType::phone:
      return looks_like_a_phone_number(text) ? "" : "invalid_phone";
    case FieldType::choice:
    case FieldType::choices:
      return field.options.empty() || is_offered(field, value) ? "" : "value_not_an_option";
    case FieldType::date:
    case FieldType::instant:
      return is_near(year_of(field, text)) ? "" : "date_far_away";
    default:
      return {};
  }
}

bool RecordQuestions::is_near(int year) const {
  return year >= earliest_year && (latest_year_ == 0 || year <= latest_year_);
}

Result<void> RecordQuestions::ask_reference(const Asked& asked, std::size_t number,
                                            const std::string& text, const FoundSink& found) const {
  const Reference& reference = *references_[number];
  FLIT_TRY(there, store::presence_of(asked.reader, *names_, reference.target, text));
  if (there == store::Presence::live) return {};
  if (there == store::Presence::archived && reference.archived_will_do) return {};
  if (reference.owner) {
    if (there == store::Presence::absent) found({"owner_unknown", reference.target, {}, text});
    return {};
  }
  found({"broken_reference", object_->name, object_->fields[number].name,
         asked.staged.record.key.id});
  return {};
}

Result<void> RecordQuestions::ask_markup(const Asked& asked, const model::Field& field,
                                         const std::string& html, const FoundSink& found) const {
  const MarkupMarks marks = marks_of(html);
  const std::string& id = asked.staged.record.key.id;
  if (marks.unsafe) found({"unsafe_markup", object_->name, field.name, id});
  if (marks.remote_image) found({"remote_image", object_->name, field.name, id});
  if (pictures_.list.empty()) return {};
  bool missing = false;
  for (const std::string_view file : marks.file_ids) {
    FLIT_TRY(there, store::presence_of(asked.reader, *names_, pictures_.list, file));
    missing |= there == store::Presence::absent;
  }
  for (const std::string_view content : marks.content_ids) {
    FLIT_TRY(there, store::has_value(asked.reader, content_ids, store::value_hash(content)));
    missing |= !there;
  }
  if (missing) found({"image_missing", object_->name, field.name, id});
  return {};
}

/// Whether a list has what a record names, and says what the rule wants to know of it.
Result<bool> RecordQuestions::answers_to(const Asked& asked, const packs::ListedRule& rule,
                                         const std::string& named) const {
  if (rule.lacks.empty()) {
    FLIT_TRY(there, store::presence_of(asked.reader, *names_, rule.list, named));
    return there != store::Presence::absent;
  }
  FLIT_TRY(staged, books_->staging.find(asked.reader, rule.list, named));
  if (!staged) return true;  // another rule's business
  FLIT_TRY(payload, json::parse(staged->record.payload));
  return !mapping::is_empty(payload.root()[rule.lacks]);
}

Result<void> RecordQuestions::ask_lists(const Asked& asked, const FoundSink& found) const {
  for (const Listed& listed : listed_) {
    const std::string text = text_at(asked.view, listed.field);
    if (text.empty()) continue;
    FLIT_TRY(answered, answers_to(asked, *listed.rule, text));
    if (answered) continue;
    if (!listed.about) {
      found({listed.rule->code, object_->name, listed.rule->field, asked.staged.record.key.id});
      continue;
    }
    const std::string about = text_at(asked.view, *listed.about);
    FLIT_TRY(subject, store::presence_of(asked.reader, *names_, listed.rule->about, about));
    if (subject == store::Presence::live) found({listed.rule->code, listed.rule->about, {}, about});
  }
  return {};
}

Result<void> RecordQuestions::ask_pairs(const Asked& asked, const Answers& answers) const {
  const std::string& id = asked.staged.record.key.id;
  for (const Pair& pair : pairs_) {
    if (pair.fields.size() != 2 || !pair.when->holds(asked.view, asked.staged.record.payload))
      continue;
    store::Pair made{.name = pair.rule->name,
                     .one = text_at(asked.view, pair.fields[0]),
                     .other = text_at(asked.view, pair.fields[1]),
                     .named_by = id};
    if (made.one.empty() || made.other.empty()) continue;
    for (const std::string* who : {&made.one, &made.other}) {
      FLIT_TRY(there, store::presence_of(asked.reader, *names_, pair.rule->of, *who));
      made.linkable &= there == store::Presence::live;
    }
    if (!made.linkable && !pair.rule->code.empty())
      answers.found({pair.rule->code, object_->name, {}, id});
    answers.pair(made);
  }
  return {};
}

void RecordQuestions::share(const Asked& asked, const SharedSink& shared) const {
  for (const Shared& rule : shared_) {
    std::set<std::string> own;
    for (const std::size_t field : rule.fields) {
      const std::string text = text_at(asked.view, field);
      if (rule.code == content_ids) {
        if (!text.empty()) own.insert(text);
        continue;
      }
      for (const std::string_view one : text::split(text, ";"))
        if (mapping::is_email_address(text::trim(one))) own.insert(mapping::email_key(one));
    }
    for (const std::string& value : own) shared({rule.code, store::value_hash(value)});
  }
}

}  // namespace flit::engine
