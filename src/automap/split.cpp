#include "automap/split.hpp"

#include <algorithm>
#include <optional>

#include "automap/value_class.hpp"

namespace flit::automap {

namespace {

enum class Party : std::uint8_t { person, company };

// What a word like "organisation" or "individual" says a record is. A customer or a vendor may be
// either.
class Parties {
 public:
  explicit Parties(const Lexicon& lexicon) : lexicon_(lexicon) {
    for (const char* word : {"company", "business", "legal entity"})
      companies_.push_back(lexicon.bag(word));
    for (const char* word : {"person", "individual", "natural person"})
      persons_.push_back(lexicon.bag(word));
  }

  std::optional<Party> named(const Bag& bag) const {
    const auto means = [&](const Bag& party) { return similarity(bag, party) > 0.99; };
    if (std::any_of(companies_.begin(), companies_.end(), means)) return Party::company;
    if (std::any_of(persons_.begin(), persons_.end(), means)) return Party::person;
    return std::nullopt;
  }

  std::optional<Party> named(const Choice& choice) const {
    for (const std::string* text : {&choice.label, &choice.value})
      if (!text->empty())
        if (const auto party = named(lexicon_.bag(*text))) return party;
    return std::nullopt;
  }

  std::optional<Party> named(const std::vector<std::string>& words) const {
    return named(lexicon_.bag(words));
  }

 private:
  const Lexicon& lexicon_;
  std::vector<Bag> companies_{};
  std::vector<Bag> persons_{};
};

const std::string& value_of(const Choice& choice) {
  return choice.value.empty() ? choice.label : choice.value;
}

// "person" beside "company": at most four choices, and both kinds among them.
Split by_list(const FieldTerms& field, const Parties& parties) {
  constexpr std::size_t most = 4;
  Split split;
  bool persons = false;
  if (field.field->choices.size() > most) return {};
  for (const Choice& choice : field.field->choices) {
    const auto party = parties.named(choice);
    persons = persons || party == Party::person;
    if (party == Party::company) split.values.push_back(value_of(choice));
  }
  if (!persons || split.values.empty()) return {};
  split.field = field.field->name;
  split.by_party = true;
  return split;
}

// "is_organization", "Is a person": a question about what the record is ("has company" asks
// another).
Split by_flag(const FieldTerms& field, const Parties& parties) {
  for (const std::vector<std::string>* words : {&field.label_words, &field.name_words}) {
    if (words->size() < 2 || (words->front() != "is" && words->front() != "ist")) continue;
    std::vector<std::string> asked(words->begin() + 1, words->end());
    if (asked.size() > 1 && asked.front() == "a") asked.erase(asked.begin());
    if (const auto party = parties.named(asked))
      return {field.field->name, {*party == Party::company ? "true" : "false"}, true};
  }
  return {};
}

}  // namespace

Split party_split(const ObjectTerms& object, const Lexicon& lexicon) {
  const Parties parties(lexicon);
  for (const FieldTerms& field : object.fields)
    if (field.kind == Kind::boolean)
      if (Split split = by_flag(field, parties)) return split;
  for (const FieldTerms& field : object.fields)
    if (Split split = by_list(field, parties)) return split;
  return {};
}

Split lifecycle_split(const ObjectTerms& object, const Lexicon& lexicon) {
  for (const char* name : {"lifecycle", "customer_type", "status", "type"})
    for (const FieldTerms& field : object.fields) {
      const std::uint64_t id = lexicon.concept_id(name);
      if (field.kind != Kind::choice ||
          !(field.name_core.contains(id) || field.label_core.contains(id)))
        continue;
      Split split{field.field->name, {}, false};
      for (const Choice& choice : field.field->choices)
        if (lexicon.values().meaning("person_kind", choice.label) == "lead" ||
            lexicon.values().meaning("person_kind", choice.value) == "lead")
          split.values.push_back(value_of(choice));
      if (!split.values.empty() && split.values.size() < field.field->choices.size()) return split;
    }
  return {};
}

}  // namespace flit::automap
