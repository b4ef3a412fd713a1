#include "automap/terms.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "automap/words.hpp"

namespace flit::automap {

namespace {

template <std::size_t N>
bool one_of(const std::string& word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_plumbing_word(const std::string& word) {
  constexpr std::array<std::string_view, 22> words{
      "custom",     "attribute",  "attributes", "field",        "fields",   "property",
      "properties", "data",       "value",      "values",       "attr",     "meta",
      "extra",      "additional", "udf",        "record",       "fieldset", "node",
      "merge",      "settings",   "links",      "relationships"};
  return one_of(word, words);
}

bool is_plumbing(const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(),
                     [](const std::string& word) { return is_plumbing_word(word); });
}

bool is_plumbing_leaf(const std::vector<std::string>& words) {
  constexpr std::array<std::string_view, 6> leaves{"value", "id", "name", "key", "label", "text"};
  return words.size() == 1 && one_of(words.front(), leaves);
}

// "address.city", "streetAddress/zip", "country_id:label", "emails[1]".
std::vector<std::string_view> path_segments(std::string_view name) {
  std::vector<std::string_view> segments;
  while (!name.empty()) {
    const std::size_t dot = name.find_first_of(".:/[]");
    const std::string_view segment = name.substr(0, dot);
    if (!segment.empty()) segments.push_back(segment);
    if (dot == std::string_view::npos) break;
    name.remove_prefix(dot + 1);
  }
  return segments;
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Vendor prefixes: a first word, unknown to the lexicon, that many fields share and a separator
// ends.
bool names_other_records(const std::string& word, const Object& object, const Lexicon& lexicon) {
  const auto named = kinds_of(lexicon.bag(word), Bag{}, lexicon);
  if (named.empty()) return false;
  const auto own = kinds_of(lexicon.bag(object.name), lexicon.bag(object.label), lexicon);
  return own.empty() || own.front().kind != named.front().kind;
}

std::set<std::string> vendor_prefixes(const Object& object, const Lexicon& lexicon) {
  std::map<std::string, int> counts;
  for (const Field& field : object.fields) {
    const std::vector<std::string> words = split_words(field.name);
    if (words.size() > 1) ++counts[words.front()];
  }
  std::set<std::string> prefixes;
  for (const auto& [word, count] : counts) {
    const bool common = count >= 3 && count * 5 > static_cast<int>(object.fields.size());
    const auto tokens = lexicon.tokens({word});
    const bool unknown = tokens.size() == 1 && tokens.front().role == Role::unknown;
    // "Donation …", "Gift …" of a flat row: another kind of record is no vendor.
    if (common && unknown && !names_other_records(word, object, lexicon)) prefixes.insert(word);
  }
  return prefixes;
}

bool is_contact_point(const Bag& bag, const Lexicon& lexicon) {
  for (const char* name : {"email", "phone", "mobile", "fax", "website"})
    if (bag.contains(lexicon.concept_id(name))) return true;
  return false;
}

class Cleaner {
 public:
  Cleaner(const Object& object, const std::string& system, const Lexicon& lexicon)
      : prefixes_(vendor_prefixes(object, lexicon)), lexicon_(lexicon) {
    for (const std::string& word : split_words(system)) {
      const auto tokens = lexicon.tokens({word});
      const bool unknown = tokens.size() == 1 && tokens.front().role == Role::unknown;
      if (word.size() > 3 && unknown) system_.insert(word);
    }
    system_.insert(joined_plain(split_words(system)));
  }

  void clean_name(std::string_view raw, FieldTerms& terms) const {
    drop_custom_suffix(raw, terms);
    const auto segments = path_segments(raw);
    bool keyed = false;  // beneath "custom", "attributes": a number there is a key, not a position
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const bool last = i + 1 == segments.size();
      if (is_number(segments[i]) && segments.size() > 1) {
        if (!keyed) take_position(segments[i], terms);
        continue;
      }
      const std::vector<std::string> words = split_words(segments[i]);
      if (!last) keyed = is_plumbing(words);
      if (!last && keyed)
        terms.from_custom = true;
      else if (!last || !is_idle_leaf(words, i, terms))
        terms.name_words.insert(terms.name_words.end(), words.begin(), words.end());
    }
    if (segments.size() > 1 && !keyed)
      terms.home = raw.substr(0, static_cast<std::size_t>(segments.back().data() - raw.data()));
    drop_vendor(terms.name_words);
    terms.has_id_suffix =
        terms.has_id_suffix || (terms.name_words.size() > 1 && terms.name_words.back() == "id");
  }

  void drop_vendor(std::vector<std::string>& words) const {
    while (words.size() > 1 && prefixes_.count(words.front()) > 0) words.erase(words.begin());
    std::vector<std::string> kept;
    for (const std::string& word : words)
      if (system_.count(word) == 0) kept.push_back(word);
    if (!kept.empty()) words = std::move(kept);
  }

 private:
  static void drop_custom_suffix(std::string_view& raw, FieldTerms& terms) {
    if (raw.size() > 3 && (raw.substr(raw.size() - 3) == "__c")) {
      raw.remove_suffix(3);
      terms.from_custom = true;
    } else if (raw.size() > 2 && raw.substr(raw.size() - 2) == "_c") {
      raw.remove_suffix(2);
    }
  }

  // The last step of a path that adds nothing to what the path says.
  bool is_idle_leaf(const std::vector<std::string>& words, std::size_t at,
                    FieldTerms& terms) const {
    if (at > 0 && !terms.name_words.empty() && is_plumbing_leaf(words)) {
      drop_leaf(words.front(), terms);
      return true;
    }
    return repeats_contact_point(words, terms);
  }

  // "PrimaryPhone.FreeFormNumber", "email.address", "website.uri": the leaf adds nothing.
  bool repeats_contact_point(const std::vector<std::string>& leaf, const FieldTerms& terms) const {
    constexpr std::array<std::string_view, 9> repeats{
        "number", "address", "uri", "url", "free", "form", "full", "raw", "formatted"};
    return !terms.name_words.empty() &&
           is_contact_point(lexicon_.bag(terms.name_words), lexicon_) &&
           std::all_of(leaf.begin(), leaf.end(),
                       [&](const std::string& word) { return one_of(word, repeats); });
  }

  static void take_position(std::string_view number, FieldTerms& terms) {
    terms.ordinal = std::max(terms.ordinal, std::stoi(std::string(number.substr(0, 4))) + 1);
  }

  // "owner.id" is the owner; the label of a "country_id" is a country.
  static void drop_leaf(const std::string& leaf, FieldTerms& terms) {
    terms.has_id_suffix = terms.has_id_suffix || leaf == "id";
    if (leaf != "id" && leaf != "key" && terms.name_words.size() > 1 &&
        terms.name_words.back() == "id")
      terms.name_words.pop_back();
  }

  static std::string joined_plain(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += word;
    return text;
  }

  std::set<std::string> prefixes_{};
  std::set<std::string> system_{};
  const Lexicon& lexicon_;
};

// "email2", "E-Mail 2": the second of several; 1 where no number ends the name.
int trailing_number(const std::vector<std::string>& words) {
  const bool numbered = words.size() > 1 && words.back().size() == 1 && words.back()[0] >= '2' &&
                        words.back()[0] <= '9';
  return numbered ? words.back()[0] - '0' : 1;
}

// "contact_id" of a contact: an id, and otherwise only words for the object itself.
bool is_own_key(const FieldTerms& field, const std::set<std::uint64_t>& self,
                const Lexicon& lexicon) {
  if (!field.field->targets.empty() || field.name_words.empty()) return false;
  std::vector<std::string> words = field.name_words;
  const std::string& last = words.back();
  if (last != "id" && last != "uuid" && last != "guid" && last != "uid") return false;
  words.pop_back();
  return without(lexicon.bag(words), self).empty();
}

// A text "account" of the accounts is what the account is called.
bool names_itself(const FieldTerms& field) {
  return field.kind == Kind::text && field.field->targets.empty() && !field.own_key &&
         !field.has_id_suffix && !field.name.empty() && field.name_core.empty() &&
         field.label_core.empty();
}

// "Nom" beside "Prénom", "Nombre" beside "Apellidos": a bare name is the other half.
void complete_names(ObjectTerms& object, const Lexicon& lexicon) {
  const std::uint64_t first = lexicon.concept_id("first_name");
  const std::uint64_t last = lexicon.concept_id("last_name");
  const std::uint64_t name = lexicon.concept_id("name");
  const auto has = [&](std::uint64_t id) {
    return std::any_of(object.fields.begin(), object.fields.end(), [&](const FieldTerms& f) {
      return f.name_core.contains(id) || f.label_core.contains(id);
    });
  };
  if (has(first) == has(last)) return;
  const Bag half = lexicon.bag(has(first) ? "last name" : "first name");
  for (FieldTerms& field : object.fields)
    for (Bag* bag : {&field.name, &field.label, &field.name_core, &field.label_core})
      if (bag->tokens.size() == 1 && bag->contains(name)) *bag = half;
}

}  // namespace

bool looks_like_key(const FieldTerms& field) {
  if (field.own_key) return true;
  const bool unique = field.field->distinct_ratio > 0.98;
  const auto c = field.values.value_class;
  if (c == ValueClass::uuid && unique && field.field->targets.empty()) return true;
  const bool looks = c == ValueClass::uuid || c == ValueClass::integer || c == ValueClass::code;
  return (field.has_id_suffix || field.kind == Kind::id) && unique && looks &&
         field.field->targets.empty();
}

std::vector<const Bag*> FieldTerms::readings() const {
  std::vector<const Bag*> result;
  for (const Bag* bag : {&label, &name, &label_core, &name_core})
    if (!bag->empty()) result.push_back(bag);
  return result;
}

Bag without(const Bag& bag, const std::set<std::uint64_t>& ids) {
  std::vector<Token> tokens;
  for (const Token& token : bag.tokens)
    if (ids.count(token.id) == 0) tokens.push_back(token);
  Bag result = bag_of(std::move(tokens));
  result.text = bag.text;
  return result;
}

std::vector<KindGuess> kinds_of(const Bag& name, const Bag& label, const Lexicon& lexicon) {
  std::vector<KindGuess> guesses;
  std::vector<int> near = lexicon.kinds_near(name);
  const std::vector<int> by_label = lexicon.kinds_near(label);
  near.insert(near.end(), by_label.begin(), by_label.end());
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  for (const int i : near) {
    double best = 0.0;
    for (const Meaning& meaning : lexicon.objects()[static_cast<std::size_t>(i)].names) {
      const double agreed = std::max(similarity(name, meaning.bag), similarity(label, meaning.bag));
      if (agreed <= 0.75) continue;
      // "Notes" are notes before they are messages, although both words mean a text.
      const bool same_words = name.text == meaning.bag.text || label.text == meaning.bag.text;
      const double worth = same_words ? 1.0 : 0.85;
      best = std::max(best, meaning.strength * agreed * agreed * worth);
    }
    if (best > 0.3) guesses.push_back({i, best});
  }
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const KindGuess& a, const KindGuess& b) { return a.strength > b.strength; });
  return guesses;
}

std::vector<std::string> words_of_object(std::string_view name) {
  constexpr std::array<std::string_view, 14> wrappers{
      "collection", "set",    "entity",  "entities", "table", "tbl",  "master",
      "header",     "record", "records", "data",     "root",  "view", "object"};
  std::vector<std::string> words = split_words(name);
  while (words.size() > 1 && one_of(words.back(), wrappers)) words.pop_back();
  while (words.size() > 1 && one_of(words.front(), wrappers)) words.erase(words.begin());
  return words;
}

ObjectTerms terms_of(const Object& object, const std::string& system, const Lexicon& lexicon) {
  const Cleaner cleaner(object, system, lexicon);
  ObjectTerms terms;
  terms.object = &object;
  std::vector<std::string> name_words = words_of_object(object.name);
  std::vector<std::string> label_words = words_of_object(object.label);
  cleaner.drop_vendor(name_words);
  cleaner.drop_vendor(label_words);
  terms.name = lexicon.bag(name_words);
  terms.label = lexicon.bag(label_words);
  for (const Bag* bag : {&terms.name, &terms.label})
    for (const Token& token : bag->tokens) terms.self.insert(token.id);
  const auto guesses = kinds_of(terms.name, terms.label, lexicon);
  if (!guesses.empty()) {
    const ObjectKind& kind = lexicon.objects()[static_cast<std::size_t>(guesses.front().kind)];
    for (const Token& token : kind.names.front().bag.tokens) terms.self.insert(token.id);
    if (kind.name == "account") terms.self.insert(lexicon.concept_id("company"));
  }
  const Bag itself = lexicon.bag("name");
  for (const Field& field : object.fields) {
    FieldTerms entry;
    entry.field = &field;
    cleaner.clean_name(field.name, entry);
    entry.label_words = split_words(field.label);
    cleaner.drop_vendor(entry.label_words);
    entry.name_text = joined(entry.name_words);
    entry.label_text = joined(entry.label_words);
    entry.name = lexicon.bag(entry.name_words);
    entry.label = lexicon.bag(entry.label_words);
    entry.own_key = is_own_key(entry, terms.self, lexicon);
    if (entry.own_key) entry.name = entry.label = lexicon.bag("id");
    if (is_contact_point(entry.name, lexicon))
      entry.ordinal = std::max(entry.ordinal, trailing_number(entry.name_words));
    entry.name_core = without(entry.name, terms.self);
    entry.label_core = without(entry.label, terms.self);
    entry.values = classify(field.samples);
    entry.kind = effective_kind(field, entry.values);
    if (names_itself(entry)) entry.name = entry.label = entry.name_core = entry.label_core = itself;
    terms.fields.push_back(std::move(entry));
  }
  complete_names(terms, lexicon);
  return terms;
}

}  // namespace flit::automap
