#include "automap/flat_row.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "automap/words.hpp"

namespace flit::automap {

namespace {

// A leading run of words that names a kind of record or a destination table.
struct Lead {
  std::size_t words = 0;
  std::string key{};
};

class Clusterer {
 public:
  Clusterer(const Destination& destination, const Lexicon& lexicon)
      : destination_(destination), lexicon_(lexicon) {}

  Lead lead_of(const FieldTerms& field) const { return lead_of(field.name_words); }

  /// The words as a whole may be the lead of a name: "company" alone is the company's name.
  Lead lead_or_whole(const std::vector<std::string>& words) const {
    Lead lead = lead_of(words);
    if (lead.words > 0 || words.empty()) return lead;
    std::string key = key_of(words);
    return key.empty() ? Lead{} : Lead{words.size(), std::move(key)};
  }

 private:
  Lead lead_of(const std::vector<std::string>& words) const {
    Lead best;
    for (std::size_t length = 1; length < words.size() && length <= 5; ++length) {
      std::vector<std::string> head(words.begin(),
                                    words.begin() + static_cast<std::ptrdiff_t>(length));
      const bool ends_in_number = head.back().find_first_not_of("0123456789") == std::string::npos;
      std::string key = ends_in_number && length == best.words + 1 ? best.key : key_of(head);
      if (!key.empty()) best = {length, std::move(key)};
    }
    return best;
  }

  std::string key_of(const std::vector<std::string>& words) const {
    const Bag bag = lexicon_.bag(words);
    if (const int table = destination_.labelled(bag); table >= 0)
      return destination_.tables()[static_cast<std::size_t>(table)].key;
    for (const KindGuess& guess : kinds_of(bag, Bag{}, lexicon_)) {
      if (guess.strength < 0.97) break;
      for (const std::string& table :
           lexicon_.objects()[static_cast<std::size_t>(guess.kind)].tables)
        if (destination_.find_table(table) >= 0) return table;
    }
    return {};
  }

  const Destination& destination_;
  const Lexicon& lexicon_;
};

FieldTerms without_lead(FieldTerms field, std::size_t words, const Lexicon& lexicon) {
  const std::vector<std::string> lead(
      field.name_words.begin(), field.name_words.begin() + static_cast<std::ptrdiff_t>(words));
  field.name_words.erase(field.name_words.begin(),
                         field.name_words.begin() + static_cast<std::ptrdiff_t>(words));
  std::size_t same = 0;
  while (same < lead.size() && same + 1 < field.label_words.size() &&
         field.label_words[same] == lead[same])
    ++same;
  field.label_words.erase(field.label_words.begin(),
                          field.label_words.begin() + static_cast<std::ptrdiff_t>(same));
  field.name_text = joined(field.name_words);
  field.label_text = joined(field.label_words);
  field.name = field.name_core = lexicon.bag(field.name_words);
  field.label = field.label_core = lexicon.bag(field.label_words);
  return field;
}

}  // namespace

namespace {

// Records that a row of something else may speak of; deals or cases in a contact's row are lists of
// such records more often than they are one.
bool is_party(const std::string& key) {
  return key == "account" || key == "contact";
}

bool is_person(const std::string& key) {
  return key == "contact" || key == "lead";
}

/// Tables of records that this one refers to: what it says of them is only a copy.
std::set<std::string> tables_referred_to(const std::vector<ObjectGuess>& guesses,
                                         const ObjectGuess& guess, const Destination& destination) {
  std::set<std::string> keys;
  for (const Field& field : guess.object->fields)
    for (const std::string& target : field.targets)
      for (const ObjectGuess& other : guesses)
        if (other.object->name == target && !other.tables.empty())
          keys.insert(
              destination.tables()[static_cast<std::size_t>(other.tables.front().table)].key);
  return keys;
}

/// Without a name or, of a person, an address, nothing tells one such record from another.
bool names_itself(const SourcePart& part, const std::string& key, const Lexicon& lexicon) {
  return std::any_of(part.terms.fields.begin(), part.terms.fields.end(), [&](const auto& field) {
    if (field.name_words.size() == 1 && field.name_words.front() == "name") return true;
    if (key != "contact") return false;
    for (const char* word : {"email", "last_name", "full_name"})
      if (field.name.contains(lexicon.concept_id(word))) return true;
    return false;
  });
}

FieldTerms of_embedded(const FieldTerms& field, const Lead& lead, const Lexicon& lexicon) {
  FieldTerms own = without_lead(field, std::min(lead.words, field.name_words.size()), lexicon);
  if (!own.name_words.empty()) return own;
  own.name_words = own.label_words = {"name"};
  own.name_text = own.label_text = "name";
  own.name = own.label = own.name_core = own.label_core = lexicon.bag(own.name_words);
  return own;
}

}  // namespace

std::vector<SourcePart> embedded_in(const std::vector<ObjectGuess>& guesses, std::size_t object,
                                    const Destination& destination, const Lexicon& lexicon) {
  const ObjectGuess& guess = guesses[object];
  if (guess.tables.empty() || guess.parts.size() != 1) return {};
  const Clusterer clusterer(destination, lexicon);
  const std::string& own =
      destination.tables()[static_cast<std::size_t>(guess.tables.front().table)].key;
  const std::set<std::string> referred = tables_referred_to(guesses, guess, destination);
  std::map<std::string, SourcePart> parts;  // by the words that lead its fields
  for (const FieldTerms& field : guess.parts.front().terms.fields) {
    if (!field.field->targets.empty()) continue;
    const Lead lead = clusterer.lead_or_whole(field.name_words);
    const bool other = is_party(lead.key) && lead.key != own &&
                       !(is_person(lead.key) && is_person(own)) && referred.count(lead.key) == 0;
    if (!other || destination.find_table(lead.key) < 0) continue;
    std::string title;
    for (std::size_t i = 0; i < lead.words; ++i) title += (i > 0 ? " " : "") + field.name_words[i];
    SourcePart& part = parts[title];
    if (part.terms.fields.empty()) {
      part.terms.object = guess.object;
      part.title = title;
      part.tables = {{destination.find_table(lead.key), 2.0, 0.95, 1.0, 0.5}};
    }
    part.terms.fields.push_back(of_embedded(field, lead, lexicon));
  }
  std::vector<SourcePart> named;
  for (auto& [title, part] : parts) {
    const int table = part.tables.front().table;
    if (names_itself(part, destination.tables()[static_cast<std::size_t>(table)].key, lexicon))
      named.push_back(std::move(part));
  }
  return named;
}

// Splits a flat row into parts; empty when the row is an ordinary record.
std::vector<SourcePart> clusters_of(const ObjectTerms& object, const Destination& destination,
                                    const Lexicon& lexicon) {
  const Clusterer clusterer(destination, lexicon);
  std::map<std::string, std::vector<std::pair<std::size_t, std::size_t>>>
      members;  // key -> (field, lead words)
  std::vector<std::string> order;
  std::size_t clustered = 0;
  for (std::size_t i = 0; i < object.fields.size(); ++i) {
    const Lead lead = clusterer.lead_of(object.fields[i]);
    if (lead.words == 0) continue;
    auto& list = members[lead.key];
    if (list.empty()) order.push_back(lead.key);
    list.emplace_back(i, lead.words);
    ++clustered;
  }
  const auto large = std::count_if(members.begin(), members.end(),
                                   [](const auto& entry) { return entry.second.size() >= 4; });
  if (large < 3 || clustered * 2 < object.fields.size()) return {};
  std::vector<SourcePart> parts;
  std::vector<bool> taken(object.fields.size(), false);
  for (const std::string& key : order) {
    const int table = destination.find_table(key);
    SourcePart part;
    part.terms = object;
    part.terms.fields.clear();
    part.title = destination.tables()[static_cast<std::size_t>(table)].object->label;
    for (const auto& [index, words] : members[key]) {
      part.terms.fields.push_back(without_lead(object.fields[index], words, lexicon));
      taken[index] = true;
    }
    part.tables = {{table, 2.0, 0.95, 1.0, 0.5}};
    parts.push_back(std::move(part));
  }
  // Fields without a lead belong to the record the row is about: the first cluster.
  for (std::size_t i = 0; i < object.fields.size(); ++i)
    if (!taken[i]) parts.front().terms.fields.push_back(object.fields[i]);
  return parts;
}

}  // namespace flit::automap
