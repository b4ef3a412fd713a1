#include "automap/readings.hpp"

#include <algorithm>

namespace flit::automap {

Readings::Readings(const std::vector<ObjectGuess>& guesses, const Destination& destination,
                   const Lexicon& lexicon)
    : guesses_(guesses),
      destination_(destination),
      lexicon_(lexicon),
      id_(lexicon.concept_id("id")),
      state_(lexicon.concept_id("state")),
      status_(lexicon.concept_id("status")),
      salutation_(lexicon.concept_id("salutation")),
      phone_(lexicon.concept_id("phone")),
      email_(lexicon.concept_id("email")),
      website_(lexicon.concept_id("website")) {}

std::vector<const Bag*> Readings::of(const FieldTerms& field, const AddressPlan& addresses,
                                     std::size_t index, std::vector<Bag>& own) const {
  own.clear();
  if (addresses.group_of[index] >= 0) {
    own.push_back(bag_of({{addresses.part_of[index], 1.0, Role::head}}));
    own.back().text = field.label_text.empty() ? field.name_text : field.label_text;
  } else if (!field.field->targets.empty()) {
    for (const Bag* bag : field.readings()) resolve(*field.field, *bag, own);
  } else {
    what_choices_say(field, own);
    if (own.empty()) what_values_say(field, own);
    if (own.empty()) state_of_affairs(field, own);
  }
  if (own.empty()) return field.readings();
  std::vector<const Bag*> result;
  result.reserve(own.size());
  for (const Bag& bag : own) result.push_back(&bag);
  return result;
}

// "Title" with the choices Mr, Mrs and Dr is a form of address, whatever it is called.
void Readings::what_choices_say(const FieldTerms& field, std::vector<Bag>& own) const {
  const auto& choices = field.field->choices;
  const auto known = std::count_if(choices.begin(), choices.end(), [&](const Choice& choice) {
    const std::string meaning =
        lexicon_.values().meaning("salutation", choice.label.empty() ? choice.value : choice.label);
    return !meaning.empty() && meaning != "-";
  });
  if (known < 2 || 4 * known < 3 * static_cast<std::ptrdiff_t>(choices.size())) return;
  own.push_back(bag_of({{salutation_, 1.0, Role::head}}));
  own.back().text = field.label_text.empty() ? field.name_text : field.label_text;
}

// "Work number", "direct", "private" with telephone numbers in it: the name says which one only.
void Readings::what_values_say(const FieldTerms& field, std::vector<Bag>& own) const {
  const ValueClass values = field.values.value_class;
  const std::uint64_t head = values == ValueClass::phone   ? phone_
                             : values == ValueClass::email ? email_
                             : values == ValueClass::url   ? website_
                                                           : 0;
  if (head == 0) return;
  for (const Bag* bag : {&field.label_core, &field.name_core}) {
    const auto says_which = [](const Token& t) {
      return t.role == Role::qualifier || t.role == Role::filler || t.role == Role::ordinal ||
             t.role == Role::mark;
    };
    const bool only_which =
        !bag->empty() && std::all_of(bag->tokens.begin(), bag->tokens.end(), says_which);
    if (!only_which) continue;
    std::vector<Token> tokens{{head, 1.0, Role::head}};
    for (const Token& token : bag->tokens)
      if (token.role == Role::qualifier) tokens.push_back(token);
    own.push_back(bag_of(std::move(tokens)));
    own.back().text = bag->text;
  }
  // The other reading, where there is one, still counts.
  if (own.empty()) return;
  for (const Bag* bag : field.readings()) own.push_back(*bag);
}

// A "state" (estado, stato) outside any address is the state of the record.
void Readings::state_of_affairs(const FieldTerms& field, std::vector<Bag>& own) const {
  for (const Bag* bag : {&field.label_core, &field.name_core}) {
    if (!bag->contains(state_)) continue;
    std::vector<Token> tokens = without(*bag, {state_}).tokens;
    tokens.push_back({status_, 1.0, Role::head});
    own.push_back(bag_of(std::move(tokens)));
    own.back().text = bag->text;
  }
}

// "lead_id" that points at records which go to the account table means the account.
void Readings::resolve(const Field& field, const Bag& bag, std::vector<Bag>& own) const {
  for (const std::string& target : field.targets) {
    const std::string wanted = lower_case(target);
    const auto guess = std::find_if(guesses_.begin(), guesses_.end(),
                                    [&](const ObjectGuess& g) { return g.key == wanted; });
    if (guess == guesses_.end() || guess->tables.empty()) continue;
    const std::string& key =
        destination_.tables()[static_cast<std::size_t>(guess->tables.front().table)].key;
    const auto kind = std::find_if(
        lexicon_.objects().begin(), lexicon_.objects().end(), [&](const ObjectKind& k) {
          return std::find(k.tables.begin(), k.tables.end(), key) != k.tables.end();
        });
    if (kind == lexicon_.objects().end()) continue;
    std::set<std::uint64_t> gone = guess->parts.front().terms.self;
    gone.insert(id_);
    std::vector<Token> tokens = without(bag, gone).tokens;
    if (tokens.size() == bag.tokens.size() && tokens.size() > 1) continue;
    const auto& names = kind->names.front().bag.tokens;
    tokens.insert(tokens.end(), names.begin(), names.end());
    own.push_back(bag_of(std::move(tokens)));
    own.back().text = bag.text;
  }
}

}  // namespace flit::automap
