#include "automap/object_map.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "automap/flat_row.hpp"
#include "automap/table_ranking.hpp"

namespace flit::automap {

namespace {

const std::string& key_of(const TableGuess& guess, const Destination& destination) {
  return destination.tables()[static_cast<std::size_t>(guess.table)].key;
}

bool is_person(const ObjectGuess& guess, std::size_t rank, const Destination& destination) {
  if (rank >= guess.tables.size()) return false;
  const std::string& key = key_of(guess.tables[rank], destination);
  return key == "lead" || key == "contact";
}

// The row as a whole goes to its first record; the others are named as well.
void as_flat_row(ObjectGuess& guess) {
  guess.shape = Shape::flat_row;
  guess.tables = guess.parts.front().tables;
  for (std::size_t i = 1; i < guess.parts.size() && guess.tables.size() < kept_tables; ++i) {
    guess.tables.push_back(guess.parts[i].tables.front());
    guess.tables.back().confidence = 0.5;
  }
}

// A party is a contact or an account, and never a lead: both tables come first, the likelier one
// of them at the head.
bool split_by_party(ObjectGuess& guess, const Destination& destination) {
  const int contact = destination.find_table("contact");
  const int account = destination.find_table("account");
  const auto likely =
      std::find_if(guess.tables.begin(), guess.tables.end(),
                   [&](const TableGuess& g) { return g.table == contact || g.table == account; });
  if (contact < 0 || account < 0 || likely == guess.tables.end() ||
      likely - guess.tables.begin() > 2)
    return false;
  const int head = likely->table;
  const int other = head == account ? contact : account;
  std::vector<TableGuess> sorted;
  for (const int table : {head, other}) {
    const auto found = std::find_if(guess.tables.begin(), guess.tables.end(),
                                    [&](const TableGuess& g) { return g.table == table; });
    sorted.push_back(found == guess.tables.end() ? guess.tables.front() : *found);
    sorted.back().table = table;
    sorted.back().by_name = 1.0;
    sorted.back().confidence = guess.tables.front().confidence;
  }
  sorted.back().confidence = std::min(sorted.back().confidence, 0.5);
  guess.tables = std::move(sorted);
  return true;
}

void find_split(ObjectGuess& guess, const Destination& destination, const Lexicon& lexicon) {
  const ObjectTerms& terms = guess.parts.front().terms;
  guess.split = party_split(terms, lexicon);
  if (guess.split && !split_by_party(guess, destination)) guess.split = {};
  // A contact may turn out to be a lead; what is taken for leads stays together.
  const bool contacts =
      !guess.tables.empty() && key_of(guess.tables.front(), destination) == "contact";
  if (!guess.split && contacts && is_person(guess, 1, destination))
    guess.split = lifecycle_split(terms, lexicon);
  if (guess.split) guess.shape = Shape::split;
  guess.parts.front().tables = guess.tables;
}

// Objects that person records point at hold companies, whatever they are called.
std::set<std::string> company_holders(const Schema& source, const Lexicon& lexicon) {
  std::set<std::string> holders;
  for (const Object& object : source.objects) {
    const auto kinds = kinds_of(lexicon.bag(words_of_object(object.name)),
                                lexicon.bag(words_of_object(object.label)), lexicon);
    if (kinds.empty() ||
        lexicon.objects()[static_cast<std::size_t>(kinds.front().kind)].name != "contact")
      continue;
    for (const Field& field : object.fields)
      for (const std::string& target : field.targets)
        if (target != object.name) holders.insert(target);
  }
  return holders;
}

bool is_called(const Object& object, std::string_view kind, const Lexicon& lexicon) {
  const auto kinds = kinds_of(lexicon.bag(words_of_object(object.name)),
                              lexicon.bag(words_of_object(object.label)), lexicon);
  return !kinds.empty() &&
         lexicon.objects()[static_cast<std::size_t>(kinds.front().kind)].name == kind;
}

// "deal.id" of the activities, where it points at "orders": others call them deals.
std::map<std::string, std::vector<Bag>> called_by_others(const Schema& source,
                                                         const Lexicon& lexicon) {
  std::map<std::string, std::vector<Bag>> names;
  for (const Object& other : source.objects)
    for (const Field& field : other.fields)
      if (field.targets.size() == 1 && field.targets.front() != other.name)
        names[field.targets.front()].push_back(
            without(lexicon.bag(field.name), {lexicon.concept_id("id")}));
  return names;
}

}  // namespace

void make_parts(ObjectGuess& guess, const std::string& system, const Destination& destination,
                const Lexicon& lexicon) {
  ObjectTerms terms = terms_of(*guess.object, system, lexicon);
  const bool known_as_whole = !guess.tables.empty() && guess.shape != Shape::flat_row;
  guess.parts.clear();
  if (!known_as_whole) guess.parts = clusters_of(terms, destination, lexicon);
  if (guess.parts.empty()) guess.parts.push_back({std::move(terms), "", guess.tables});
}

void drop_fields(ObjectGuess& guess) {
  for (SourcePart& part : guess.parts) std::vector<FieldTerms>().swap(part.terms.fields);
}

std::vector<ObjectGuess> map_objects(const Schema& source, const Destination& destination,
                                     const Lexicon& lexicon, Keep keep) {
  const std::set<std::string> holders = company_holders(source, lexicon);
  auto called = called_by_others(source, lexicon);
  const bool no_contacts =
      std::none_of(source.objects.begin(), source.objects.end(),
                   [&](const Object& o) { return is_called(o, "contact", lexicon); });
  std::vector<ObjectGuess> guesses;
  for (const Object& object : source.objects) {
    ObjectGuess guess;
    guess.object = &object;
    guess.key = lower_case(object.name);
    make_parts(guess, source.system, destination, lexicon);
    if (guess.parts.size() > 1 || !guess.parts.front().title.empty()) {
      as_flat_row(guess);
    } else {
      const ObjectTerms& terms = guess.parts.front().terms;
      guess.tables =
          rank_tables(terms,
                      {holders.count(object.name) > 0,
                       no_contacts && is_called(object, "lead", lexicon), called[object.name]},
                      destination, lexicon);
      find_split(guess, destination, lexicon);
    }
    if (keep == Keep::tables) drop_fields(guess);
    guesses.push_back(std::move(guess));
  }
  return guesses;
}

}  // namespace flit::automap
