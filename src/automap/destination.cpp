#include "automap/destination.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "automap/terms.hpp"
#include "automap/words.hpp"

namespace flit::automap {

namespace {

constexpr std::array<std::string_view, 12> part_names{
    "street",      "street2", "street3",  "city",      "state",  "county",
    "postal_code", "country", "latitude", "longitude", "po_box", "house_number"};

struct Slot {
  std::string_view prefix;
  std::string_view qualifier;
};
constexpr std::array slots{Slot{"address1_", "main"}, Slot{"address2_", "other"},
                           Slot{"address3_", "third"}, Slot{"billto_", "billing"},
                           Slot{"shipto_", "shipping"}};

const std::set<std::string_view> plumbing_types{"uniqueidentifier", "bigint"};

void add_meaning(ColumnTerms& column, Bag bag, double strength) {
  if (!bag.empty()) column.meanings.push_back({std::move(bag), strength});
}

ColumnTerms column_terms(const Field& field, const TableTerms& table, const Lexicon& lexicon) {
  ColumnTerms column;
  column.field = &field;
  column.kind = field.kind;
  column.choice_key = table.key + "." + lower_case(field.name);
  std::string name = field.name;
  const bool custom = name.size() > 3 && name.compare(name.size() - 3, 3, "__c") == 0;
  if (custom) name.resize(name.size() - 3);
  // A managed package's prefix ("npe01__") says who made the column, not what it holds.
  if (const std::size_t at = name.find("__"); custom && at != std::string::npos && at < 16)
    name = name.substr(at + 2);
  const auto name_words = split_words(name);
  const auto label_words = split_words(field.label);
  column.name_text = joined(name_words);
  column.label_text = joined(label_words);
  const ColumnMeanings* known = lexicon.column(table.key, lower_case(field.name));
  column.described = known != nullptr;
  if (known != nullptr) column.meanings = known->meanings;
  if (known == nullptr || !known->replaces_names) {
    const Bag label = lexicon.bag(label_words);
    const Bag by_name = lexicon.bag(name_words);
    add_meaning(column, without(label, table.self), 1.0);
    add_meaning(column, without(by_name, table.self), 1.0);
    add_meaning(column, label, 1.0);
    add_meaning(column, by_name, 0.95);
  }
  column.plumbing = known != nullptr && !known->meanings.empty() &&
                    known->meanings.front().bag.contains(lexicon.concept_id("formula")) &&
                    known->replaces_names;
  // Bodies of rich notes are stored as files; people write text into them.
  if (column.kind == Kind::binary && known != nullptr && known->replaces_names)
    column.kind = Kind::long_text;
  column.writable = !field.readonly && field.kind != Kind::id && lower_case(field.name) != "id";
  return column;
}

void place_in_group(ColumnTerms& column, TableTerms& table, const Lexicon& lexicon,
                    const std::set<std::uint64_t>& parts) {
  const std::string name = lower_case(column.field->name);
  std::string key;
  std::set<std::uint64_t> qualifiers;
  const auto* slot = std::find_if(slots.begin(), slots.end(), [&](const Slot& s) {
    return name.compare(0, s.prefix.size(), s.prefix) == 0;
  });
  if (column.meanings.empty()) return;
  const Bag& bag = column.meanings.front().bag;
  std::uint64_t part = 0;
  for (const Token& token : bag.tokens) {
    if (parts.count(token.id) > 0) part = token.id;
    if (token.role == Role::qualifier) qualifiers.insert(token.id);
    if (token.role == Role::unknown) return;
  }
  if (part == 0) return;
  const auto heads = std::count_if(bag.tokens.begin(), bag.tokens.end(),
                                   [](const Token& t) { return t.role == Role::head; });
  if (heads != 1) return;
  if (slot != slots.end()) {
    key = std::string(slot->prefix);
    qualifiers = {lexicon.concept_id(slot->qualifier)};
  } else {
    for (const std::uint64_t id : qualifiers) key += std::to_string(id) + " ";
  }
  auto group = std::find_if(table.groups.begin(), table.groups.end(),
                            [&](const AddressGroup& g) { return g.key == key; });
  if (group == table.groups.end()) {
    table.groups.push_back({key, qualifiers, static_cast<int>(table.groups.size())});
    group = table.groups.end() - 1;
  }
  column.part = part;
  column.group = group->order;
  Bag only_part = without(bag, qualifiers);
  column.meanings.insert(column.meanings.begin(), {std::move(only_part), 1.0});
}

// The group that people mean by "the address": the slot named so, else mailing, billing or the
// unnamed one.
int primary_rank(const AddressGroup& group, const Lexicon& lexicon) {
  constexpr std::array<std::string_view, 5> order{"main", "mailing", "billing", "", "shipping"};
  for (std::size_t i = 0; i < order.size(); ++i)
    if (order[i].empty() ? group.qualifiers.empty()
                         : group.qualifiers.count(lexicon.concept_id(order[i])) > 0)
      return static_cast<int>(i);
  return 9;
}

void sort_groups(TableTerms& table, const Lexicon& lexicon) {
  std::vector<AddressGroup> sorted = table.groups;
  std::stable_sort(sorted.begin(), sorted.end(), [&](const AddressGroup& a, const AddressGroup& b) {
    return primary_rank(a, lexicon) < primary_rank(b, lexicon);
  });
  std::vector<int> moved(sorted.size());
  for (std::size_t i = 0; i < sorted.size(); ++i)
    moved[static_cast<std::size_t>(sorted[i].order)] = static_cast<int>(i);
  for (ColumnTerms& column : table.columns)
    if (column.group >= 0) column.group = moved[static_cast<std::size_t>(column.group)];
  for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i].order = static_cast<int>(i);
  table.groups = std::move(sorted);
}

void index_columns(TableTerms& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::set<std::uint64_t> ids;
    for (const Meaning& meaning : table.columns[i].meanings)
      for (const Token& token : meaning.bag.tokens)
        if (meaning.bag.tokens.size() == 1 ||
            (token.role != Role::filler && token.role != Role::ordinal && token.role != Role::mark))
          ids.insert(token.id);
    for (const std::uint64_t id : ids) table.by_token[id].push_back(static_cast<int>(i));
  }
}

}  // namespace

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::uint64_t signature(const Bag& bag) {
  std::uint64_t hash = 1469598103934665603ULL;
  int heads = 0;
  for (const Token& token : bag.tokens) {
    if (token.role == Role::ordinal || token.role == Role::filler) continue;
    hash = (hash ^ token.id) * 1099511628211ULL;
    ++heads;
  }
  return heads == 0 ? 0 : hash;
}

const std::set<std::uint64_t>& address_parts(const Lexicon& lexicon,
                                             std::set<std::uint64_t>& storage) {
  for (const std::string_view name : part_names) storage.insert(lexicon.concept_id(name));
  return storage;
}

int TableTerms::find(const std::string& column) const {
  const std::string wanted = key + "." + lower_case(column);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].choice_key == wanted) return static_cast<int>(i);
  return -1;
}

namespace {

TableTerms table_terms(const Object& object, const std::set<std::uint64_t>& parts,
                       const Lexicon& lexicon) {
  TableTerms table;
  table.object = &object;
  table.key = lower_case(object.name);
  table.name = lexicon.bag(object.name);
  table.label = lexicon.bag(object.label);
  for (const Bag* bag : {&table.name, &table.label})
    for (const Token& token : bag->tokens) table.self.insert(token.id);
  for (const Field& field : object.fields) {
    ColumnTerms column = column_terms(field, table, lexicon);
    place_in_group(column, table, lexicon, parts);
    table.columns.push_back(std::move(column));
  }
  sort_groups(table, lexicon);
  index_columns(table);
  return table;
}

}  // namespace

Destination::Destination(const Schema& schema, const Lexicon& lexicon) {
  std::set<std::uint64_t> storage;
  const auto& parts = address_parts(lexicon, storage);
  for (const Object& object : schema.objects) {
    TableTerms table = table_terms(object, parts, lexicon);
    by_label_.emplace(signature(table.label), static_cast<int>(tables_.size()));
    by_name_.emplace(table.key, static_cast<int>(tables_.size()));
    tables_.push_back(std::move(table));
  }
  for (std::size_t t = 0; t < tables_.size(); ++t)
    for (const ColumnTerms& column : tables_[t].columns)
      if (column.writable) list_meanings(column, static_cast<int>(t));
}

void Destination::list_meanings(const ColumnTerms& column, int table) {
  for (const Meaning& meaning : column.meanings) {
    if (meaning.strength < 0.9) continue;
    std::vector<int>& list = by_signature_[signature(meaning.bag)];
    if (list.empty() || list.back() != table) list.push_back(table);
  }
}

int Destination::find_table(const std::string& name) const {
  const auto found = by_name_.find(lower_case(name));
  return found == by_name_.end() ? -1 : found->second;
}

int Destination::labelled(const Bag& bag) const {
  const std::uint64_t wanted = signature(bag);
  const auto found = wanted == 0 ? by_label_.end() : by_label_.find(wanted);
  return found == by_label_.end() ? -1 : found->second;
}

const std::vector<int>* Destination::tables_with(std::uint64_t wanted) const {
  if (wanted == 0) return nullptr;
  const auto found = by_signature_.find(wanted);
  return found == by_signature_.end() ? nullptr : &found->second;
}

}  // namespace flit::automap
