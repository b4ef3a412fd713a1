#include "mapping/document_spec.hpp"

#include <memory>

namespace flit::mapping {
namespace {

/// A condition as it is written; exactly one of its forms.
struct WrittenCondition {
  std::string field;
  std::optional<spec::ScalarText> equals;
  std::vector<spec::ScalarText> in;
  bool missing = false;
  std::string before;
  std::string differs_from;
  std::vector<std::unique_ptr<WrittenCondition>> all;
  std::vector<std::unique_ptr<WrittenCondition>> any;
  std::unique_ptr<WrittenCondition> negated;
  std::string jq;
};

void describe(spec::Spec<WrittenCondition>& spec) {
  spec.named("condition", "A test of one source record.");
  spec.field(&WrittenCondition::field, "field", "The source field that is tested.");
  spec.field(&WrittenCondition::equals, "equals", "It has this value (or this label).");
  spec.field(&WrittenCondition::in, "in",
             "It has one of these values (or labels); case and outer blanks do not count.");
  spec.field(&WrittenCondition::missing, "missing", "It is empty or not there.");
  spec.field(&WrittenCondition::before, "before",
             "It is a moment earlier than the one in this other field.");
  spec.field(&WrittenCondition::differs_from, "differs_from",
             "It has another value than this other field; both have one.");
  spec.field(&WrittenCondition::all, "all", "Each of these conditions holds.");
  spec.field(&WrittenCondition::any, "any", "At least one of these conditions holds.");
  spec.field(&WrittenCondition::negated, "not", "This condition does not hold.");
  spec.field(&WrittenCondition::jq, "jq",
             "A jq expression over the source record; the last resort.");
  spec.exactly_one_of(
      {"equals", "in", "missing", "before", "differs_from", "all", "any", "not", "jq"});
  spec.check([](const WrittenCondition& written) -> std::string {
    const bool about_field = written.equals || !written.in.empty() || written.missing ||
                             !written.before.empty() || !written.differs_from.empty();
    if (about_field && written.field.empty()) return "'field' is missing: which field is tested?";
    if (!about_field && !written.field.empty())
      return "'field' goes with 'equals', 'in', 'missing', 'before' or 'differs_from'";
    return {};
  });
}

std::vector<model::Condition> made_of(std::vector<std::unique_ptr<WrittenCondition>> written);

model::Condition made_of(WrittenCondition written) {
  using Kind = model::Condition::Kind;
  model::Condition made;
  made.field = std::move(written.field);
  if (written.equals) {
    made.kind = Kind::equals;
    made.values = {written.equals->text};
  } else if (!written.in.empty()) {
    made.kind = Kind::in;
    for (auto& value : written.in) made.values.push_back(std::move(value.text));
  } else if (written.missing) {
    made.kind = Kind::missing;
  } else if (!written.before.empty()) {
    made.kind = Kind::before;
    made.other = std::move(written.before);
  } else if (!written.differs_from.empty()) {
    made.kind = Kind::differs;
    made.other = std::move(written.differs_from);
  } else if (!written.all.empty()) {
    made.kind = Kind::all;
    made.parts = made_of(std::move(written.all));
  } else if (!written.any.empty()) {
    made.kind = Kind::any;
    made.parts = made_of(std::move(written.any));
  } else if (written.negated) {
    made.kind = Kind::negation;
    made.parts.push_back(made_of(std::move(*written.negated)));
  } else {
    made.kind = Kind::expression;
    made.expression = std::move(written.jq);
  }
  return made;
}

std::vector<model::Condition> made_of(std::vector<std::unique_ptr<WrittenCondition>> written) {
  std::vector<model::Condition> made;
  made.reserve(written.size());
  for (auto& part : written) made.push_back(made_of(std::move(*part)));
  return made;
}

/// Confidence, reason and alternatives are keys of the line that they explain.
template <typename Line>
void add_rationale(spec::Spec<Line>& spec) {
  spec.field(&Line::why, "why", "How sure the proposal is, why, and what else was considered.");
}

}  // namespace

void describe(spec::Spec<ObjectFile>& spec) {
  spec.named("map", "What becomes of the records of one source object.");
  spec.field(&ObjectFile::map, "map", "The path that the map was made for.").required();
  spec.field(&ObjectFile::object, "object", "The source object.").required();
  spec.field(&ObjectFile::held, "held", "Why its records wait; no record of it moves.");
  spec.field(&ObjectFile::routes, "routes",
             "Which table a record lands on; the first whose condition holds.");
  spec.field(&ObjectFile::fields, "fields", "Which field becomes which column, and how.");
  spec.field(&ObjectFile::ignore, "ignore", "Fields that do not move, each with its reason.");
  spec.field(&ObjectFile::also, "also",
             "Other rows that the same records speak of: the company in a contact's row.");
  spec.field(&ObjectFile::links, "links", "What becomes of associations.");
  spec.field(&ObjectFile::states, "states", "Which records end in another state than the first.");
  spec.field(&ObjectFile::checks, "checks", "What is looked for before anything moves.");
}

model::ObjectMap object_map(ObjectFile file) {
  return {.object = std::move(file.object),
          .routes = std::move(file.routes),
          .fields = std::move(file.fields),
          .ignored = std::move(file.ignore),
          .links = std::move(file.links),
          .states = std::move(file.states),
          .checks = std::move(file.checks),
          .also = std::move(file.also),
          .held = std::move(file.held)};
}

}  // namespace flit::mapping

namespace flit::model {

void describe(spec::Converted<Condition>& type) {
  type.from<mapping::WrittenCondition>([](mapping::WrittenCondition written) -> Result<Condition> {
    return mapping::made_of(std::move(written));
  });
}

void describe(spec::Choices<OtherValues>& choices) {
  choices.add("fail", OtherValues::fail, "The record is not moved and the report says why.");
  choices.add("empty", OtherValues::null, "The column stays empty; the record is flagged.");
  choices.add("keep", OtherValues::keep_text, "The text itself is written; only for text columns.");
  choices.add("default", OtherValues::use_default,
              "The fallback is written; the record is flagged.");
}

void describe(spec::Choices<TooLong>& choices) {
  choices.add("fail", TooLong::fail, "The record is not moved and the report says why.");
  choices.add("truncate", TooLong::truncate, "What fits is written; the record is flagged.");
  choices.add("attach", TooLong::attach,
              "What fits is written, the whole goes along as a file; flagged.");
}

void describe(spec::Spec<Route>& spec) {
  spec.named("route", "One table that records of this object may land on.");
  spec.field(&Route::table, "to", "The destination table.").required();
  spec.field(&Route::when, "when", "Which records; without it: all that are left.");
  spec.field(&Route::row, "row", "The row of the path that this fulfils.");
  spec.field(&Route::unrouted, "unrouted",
             "The finding when a record gets here and has none of the known values of the fields "
             "that the other routes ask about.");
  spec.field(&Route::because, "because", "Why, for people.");
}

void describe(spec::Spec<Rationale>& spec) {
  spec.named("why", "Where a line comes from.");
  spec.field(&Rationale::confidence, "confidence", "Between 0 and 1, calibrated.").between(0, 1);
  spec.field(&Rationale::reason, "reason", "The argument, one sentence.");
  spec.field(&Rationale::alternatives, "alternatives",
             "Columns that were considered, with their confidence.");
}

void describe(spec::Spec<ValueMap>& spec) {
  spec.named("values", "Choice by choice.");
  spec.field(
      &ValueMap::pairs, "map",
      "Source value: destination value or label; an empty one leaves the value out on purpose.");
  spec.field(&ValueMap::other, "other", "What becomes of a value that is not named.");
}

void describe(spec::Spec<FieldRule>& spec) {
  spec.named("field", "One source field into one column.");
  spec.field(&FieldRule::from, "from",
             "The source field; without it the fallback is written as a constant.");
  spec.field(&FieldRule::to, "to", "The destination column.").required();
  spec.field(&FieldRule::tables, "tables",
             "Only for these tables; without it: for every table that has the column.");
  spec.field(&FieldRule::convert, "convert", "The conversion, where it is not the obvious one.");
  spec.field(&FieldRule::arguments, "arguments", "What the conversion needs to know.");
  spec.field(&FieldRule::values, "values", "The value map of a choice.");
  spec.field(&FieldRule::fallback, "fallback", "Written when the source is empty.");
  spec.field(&FieldRule::too_long, "too_long",
             "What becomes of a text that is longer than the column.");
  spec.field(&FieldRule::preserved, "preserved", "The column exists only to keep this field.");
  spec.field(&FieldRule::row, "row", "The row of the path that this fulfils.");
  mapping::add_rationale(spec);
}

void describe(spec::Spec<IgnoredField>& spec) {
  spec.named("ignored", "A field that does not move.");
  spec.field(&IgnoredField::from, "field", "The source field.").required();
  spec.field(&IgnoredField::reason, "because", "Why it does not move.").required();
}

void describe(spec::Spec<LinkRule>& spec) {
  spec.named("link", "What becomes of an association.");
  spec.field(&LinkRule::associations, "associations", "In order of preference.").required();
  spec.field(&LinkRule::tables, "tables", "Only for these tables; without it: for every route.");
  spec.field(&LinkRule::lookup, "lookup", "The column that takes the preferred one.");
  spec.field(&LinkRule::fallback, "fallback", "The record that is used when there is none.");
  spec.field(&LinkRule::further, "further",
             "What the others become: a table of links, or nothing.");
  spec.field(&LinkRule::roles, "roles", "Source label: role over there.");
  spec.field(&LinkRule::row, "row", "The row of the path that this fulfils.");
  mapping::add_rationale(spec);
}

void describe(spec::Spec<StateRule>& spec) {
  spec.named("state", "A state that is written last.");
  spec.field(&StateRule::table, "table", "The destination table.").required();
  spec.field(&StateRule::when, "when", "Which records; the first rule whose condition holds.");
  spec.field(&StateRule::state, "state", "The state: its label or its value.").required();
  spec.field(&StateRule::status, "status",
             "The status in it; without it: the state's own default.");
  spec.field(&StateRule::fields, "fields", "Columns that are written together with it.");
  spec.field(&StateRule::row, "row", "The row of the path that this fulfils.");
  spec.field(&StateRule::because, "because", "Why, for people.");
}

void describe(spec::Spec<AlsoRule>& spec) {
  spec.named("also", "Another row that records of this object speak of; many may share one.");
  spec.field(&AlsoRule::name, "as", "What it is; names it within the object.").required();
  spec.field(&AlsoRule::table, "to", "The destination table.").required();
  spec.field(&AlsoRule::key, "key",
             "The source fields that tell one such row from another; case and white space do not "
             "count. A record in which the first of them is empty has no such row.")
      .required();
  spec.field(&AlsoRule::tables, "tables",
             "Only of records that land on these tables; without it: of all.");
  spec.field(&AlsoRule::when, "when", "Only of these records.");
  spec.field(&AlsoRule::fields, "fields",
             "Its columns. They are taken from the first record with that key.")
      .required();
  spec.field(&AlsoRule::lookup, "lookup", "The column of the record's own row that leads to it.");
  spec.field(&AlsoRule::fallback, "fallback",
             "The record that the look-up takes when there is no such row.");
  spec.field(&AlsoRule::row, "row", "The row of the path that this fulfils.");
  mapping::add_rationale(spec);
  spec.check([](const AlsoRule& rule) -> std::string {
    if (rule.key.empty()) return "'key' is empty: which records share a row?";
    if (rule.fields.empty()) return "'fields' is empty: such a row would have nothing in it";
    if (!rule.fallback.empty() && rule.lookup.empty()) return "'fallback' goes with 'lookup'";
    return {};
  });
}

void describe(spec::Spec<CheckRule>& spec) {
  spec.named("check", "What is looked for in every record before anything moves.");
  spec.field(&CheckRule::code, "finding", "The code of the finding.").required();
  spec.field(&CheckRule::when, "when", "Which records.").required();
  spec.field(&CheckRule::holds, "holds", "Such a record waits for a person.");
  spec.field(&CheckRule::row, "row", "The row of the path that this fulfils.");
  spec.field(&CheckRule::because, "because", "Why, for people.");
}

}  // namespace flit::model
