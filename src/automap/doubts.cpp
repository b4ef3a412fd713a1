#include "automap/doubts.hpp"

#include <algorithm>

#include "automap/value_map.hpp"

namespace flit::automap {

namespace {

// "Scheduled for" with people's names in it says who, not when.
bool names_somebody(ValueClass values) {
  return values == ValueClass::person || values == ValueClass::company ||
         values == ValueClass::email || values == ValueClass::phone || values == ValueClass::url ||
         values == ValueClass::domain;
}

}  // namespace

bool never_fits(const FieldTerms& field, Kind column) {
  const bool point = column == Kind::reference || column == Kind::email || column == Kind::phone ||
                     column == Kind::url;
  const bool time = column == Kind::date || column == Kind::instant;
  if (field.kind == Kind::boolean)
    return point || time || column == Kind::money || column == Kind::percent;
  const ValueClass c = field.values.value_class;
  if (time && field.kind == Kind::text && names_somebody(c)) return true;
  const bool amounts =
      c == ValueClass::decimal || c == ValueClass::fraction || c == ValueClass::money_text;
  if (c == ValueClass::list && column == Kind::reference) return true;
  const bool counts = c == ValueClass::integer || c == ValueClass::percent || amounts;
  if (time && counts && field.kind != Kind::date && field.kind != Kind::instant) return true;
  if (amounts && (field.kind == Kind::money || field.kind == Kind::number)) return point || time;
  if (field.kind == Kind::date || field.kind == Kind::instant)
    return point || column == Kind::money || column == Kind::percent;
  return false;
}

namespace {

bool is_choice_of_more(const ColumnTerms& column) {
  return column.kind == Kind::choice && column.field->choices.size() > 2;
}

bool speaks_of(const Bag& bag, const std::set<std::uint64_t>& ids) {
  return std::any_of(bag.tokens.begin(), bag.tokens.end(),
                     [&](const Token& token) { return ids.count(token.id) > 0; });
}

}  // namespace

Doubts::Doubts(const Lexicon& lexicon)
    : lexicon_(lexicon),
      consent_(lexicon.concept_id("consent")),
      active_(lexicon.concept_id("active")),
      inactive_(lexicon.concept_id("inactive")),
      archived_(lexicon.concept_id("archived")),
      name_(lexicon.concept_id("name")),
      subject_(lexicon.concept_id("subject")) {
  for (const char* name : {"do_not_call", "email_opt_out", "do_not_email", "fax_opt_out",
                           "mail_opt_out", "sms_opt_out", "do_not_contact"})
    refusals_.insert(lexicon.concept_id(name));
}

Doubt Doubts::about(const FieldTerms& field, const ColumnTerms& column,
                    double choices_overlap) const {
  const bool point =
      column.kind == Kind::email || column.kind == Kind::phone || column.kind == Kind::url;
  if (point && field.values.value_class == ValueClass::list) return Doubt::several_values;
  const bool unread =
      column.kind == Kind::choice && field.kind != Kind::boolean && choices_overlap <= 0.0;
  const std::string& type = column.field->native_type;
  if (unread)
    return type == "state" || type == "status" ? Doubt::unread_state : Doubt::unread_choices;
  const bool text = column.kind == Kind::text || column.kind == Kind::long_text;
  if (text && field.kind == Kind::reference)
    return names_the_record(column) ? Doubt::unread_state : Doubt::unread_choices;
  if (field.kind != Kind::boolean) return Doubt::none;
  if (turns_round(field, column)) return Doubt::opposite_sense;
  if (is_choice_of_more(column) && !answers(field, column)) return Doubt::unread_state;
  if (column.kind != Kind::boolean) return Doubt::none;
  return agrees_to_what_is_refused(field, column) ? Doubt::opposite_sense : Doubt::none;
}

/// What a row is called; no reference to another row is that.
bool Doubts::names_the_record(const ColumnTerms& column) const {
  return !column.meanings.empty() && (column.meanings.front().bag.contains(name_) ||
                                      column.meanings.front().bag.contains(subject_));
}

/// A consent, and a column that says no.
bool Doubts::agrees_to_what_is_refused(const FieldTerms& field, const ColumnTerms& column) const {
  bool agrees = false;
  for (const Bag* bag : field.readings()) {
    if (speaks_of(*bag, refusals_)) return false;
    agrees = agrees || bag->contains(consent_);
  }
  return agrees &&
         std::any_of(column.meanings.begin(), column.meanings.end(),
                     [&](const Meaning& meaning) { return speaks_of(meaning.bag, refusals_); });
}

/// "Inactive" and a column that says active, or the other way about.
bool Doubts::turns_round(const FieldTerms& field, const ColumnTerms& column) const {
  if (column.meanings.empty()) return false;
  const auto says = [](const ColumnTerms& one, std::uint64_t id) {
    return std::any_of(one.meanings.begin(), one.meanings.end(), [&](const Meaning& meaning) {
      return meaning.strength > 0.99 && meaning.bag.contains(id);
    });
  };
  for (const Bag* bag : field.readings()) {
    const bool gone = bag->contains(inactive_) || bag->contains(archived_);
    if (gone && says(column, active_)) return true;
    if (bag->contains(active_) && says(column, inactive_)) return true;
  }
  return false;
}

/// Whether a yes or a no means one of the column's choices.
bool Doubts::answers(const FieldTerms& field, const ColumnTerms& column) const {
  const auto pairs =
      map_values(*field.field, field.kind, *column.field, column.choice_key, lexicon_.values());
  return std::any_of(pairs.begin(), pairs.end(), [](const ValuePair& pair) {
    return pair.to && (pair.how == "meaning" || pair.how == "same label");
  });
}

}  // namespace flit::automap
