#include "sim/dataverse/metadata/catalogue.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace flit::sim::dataverse {
namespace {

/// Name space of every metadata id; any fixed value would do.
constexpr Uuid metadata_space{Uuid::Bytes{0x5d, 0x1c, 0x0e, 0x62, 0x9a, 0x3b, 0x4f, 0x7d, 0x8e,
                                          0x21, 0x6b, 0x90, 0x44, 0xf5, 0x37, 0xaa}};

template <typename List, typename Part>
void forget(NameMap<List>& lists, const std::string& name, const Part* part) {
  auto& list = lists[name];
  list.erase(std::remove(list.begin(), list.end(), part), list.end());
}

}  // namespace

Uuid metadata_id_of(std::string_view kind, std::string_view name) {
  return Uuid::version5(metadata_space, std::string(kind) + ":" + std::string(name));
}

const Table* Catalogue::table(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &tables_[found->second];
}

Table* Catalogue::table(std::string_view name) {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &tables_[found->second];
}

const Table* Catalogue::by_entity_set(std::string_view name) const {
  const auto found = by_set_.find(name);
  return found == by_set_.end() ? nullptr : &tables_[found->second];
}

const Table* Catalogue::by_metadata_id(const Uuid& id) const {
  for (const Table& table : tables_)
    if (table.metadata_id == id && !table.is_deleted) return &table;
  return nullptr;
}

const Table* Catalogue::by_object_type_code(int code) const {
  for (const Table& table : tables_)
    if (table.object_type_code == code && !table.is_deleted) return &table;
  return nullptr;
}

Table& Catalogue::add_table(std::string logical_name, std::string entity_set) {
  FLIT_CHECK(by_name_.find(logical_name) == by_name_.end(), "table names are unique");
  Table& table = tables_.emplace_back();
  table.index = static_cast<std::uint16_t>(tables_.size() - 1);
  table.logical_name = std::move(logical_name);
  table.entity_set = std::move(entity_set);
  table.metadata_id = metadata_id_of("table", table.logical_name);
  by_name_.emplace(table.logical_name, table.index);
  by_set_.emplace(table.entity_set, table.index);
  return table;
}

void Catalogue::drop_table(std::string_view name) {
  Table* table = this->table(name);
  if (table == nullptr) return;
  std::vector<std::string> relationships;
  for (const OneToMany* one : children_of(name)) relationships.push_back(one->schema_name);
  for (const OneToMany* one : parents_of(name)) relationships.push_back(one->schema_name);
  for (const ManyToMany* many : pairs_of(name)) relationships.push_back(many->schema_name);
  for (const std::string& schema_name : relationships) drop_relationship(schema_name);
  table->is_deleted = true;
  by_set_.erase(table->entity_set);
  by_name_.erase(table->logical_name);
}

const OneToMany* Catalogue::find_one_to_many(std::string_view schema_name) const {
  const auto found = one_by_name_.find(schema_name);
  return found == one_by_name_.end() ? nullptr : found->second;
}

OneToMany* Catalogue::mutable_one_to_many(std::string_view schema_name) {
  const auto found = one_by_name_.find(schema_name);
  return found == one_by_name_.end() ? nullptr : found->second;
}

const ManyToMany* Catalogue::find_many_to_many(std::string_view schema_name) const {
  const auto found = many_by_name_.find(schema_name);
  return found == many_by_name_.end() ? nullptr : found->second;
}

const OneToMany& Catalogue::add(OneToMany relationship) {
  OneToMany& added = one_to_many_.emplace_back(std::move(relationship));
  added.metadata_id = metadata_id_of("relationship", added.schema_name);
  one_by_name_.insert_or_assign(added.schema_name, &added);
  children_[added.parent].push_back(&added);
  parents_[added.child].push_back(&added);
  if (Table* parent = table(added.parent))
    parent->add_collection(added.collection, {.one_to_many = &added});
  return added;
}

const ManyToMany& Catalogue::add(ManyToMany relationship) {
  ManyToMany& added = many_to_many_.emplace_back(std::move(relationship));
  added.metadata_id = metadata_id_of("relationship", added.schema_name);
  many_by_name_.insert_or_assign(added.schema_name, &added);
  if (Table* first = table(added.first.table))
    first->add_collection(added.first.navigation, {.many_to_many = &added, .from_first = true});
  if (Table* second = table(added.second.table))
    second->add_collection(added.second.navigation,
                           {.many_to_many = &added,
                            .from_first = added.first.table == added.second.table &&
                                          added.first.navigation == added.second.navigation});
  return added;
}

void Catalogue::drop_relationship(std::string_view schema_name) {
  const std::string name(schema_name);
  if (const auto one = one_by_name_.find(name); one != one_by_name_.end()) {
    OneToMany* relationship = one->second;
    if (Table* parent = table(relationship->parent))
      parent->drop_collection(relationship->collection);
    if (Table* child = table(relationship->child))
      child->drop_navigation(relationship->child_navigation);
    forget(children_, relationship->parent, relationship);
    forget(parents_, relationship->child, relationship);
    one_by_name_.erase(one);
    *relationship = OneToMany{};
  }
  if (const auto many = many_by_name_.find(name); many != many_by_name_.end()) {
    ManyToMany* relationship = many->second;
    if (Table* first = table(relationship->first.table))
      first->drop_collection(relationship->first.navigation);
    if (Table* second = table(relationship->second.table))
      second->drop_collection(relationship->second.navigation);
    many_by_name_.erase(many);
    *relationship = ManyToMany{};
  }
}

std::vector<const OneToMany*> Catalogue::children_of(std::string_view name) const {
  const auto found = children_.find(name);
  return found == children_.end() ? std::vector<const OneToMany*>{} : found->second;
}

std::vector<const OneToMany*> Catalogue::parents_of(std::string_view name) const {
  const auto found = parents_.find(name);
  return found == parents_.end() ? std::vector<const OneToMany*>{} : found->second;
}

std::vector<const ManyToMany*> Catalogue::pairs_of(std::string_view name) const {
  std::vector<const ManyToMany*> pairs;
  for (const ManyToMany& many : many_to_many_)
    if (!many.schema_name.empty() && (many.first.table == name || many.second.table == name))
      pairs.push_back(&many);
  return pairs;
}

std::shared_ptr<OptionSet> Catalogue::global_choice(std::string_view name) const {
  const auto found = global_choices_.find(name);
  return found == global_choices_.end() ? nullptr : found->second;
}

std::shared_ptr<OptionSet> Catalogue::global_choice(const Uuid& id) const {
  for (const auto& [name, choice] : global_choices_)
    if (choice->metadata_id == id) return choice;
  return nullptr;
}

void Catalogue::add_global_choice(std::shared_ptr<OptionSet> choice) {
  choice->is_global = true;
  choice->metadata_id = metadata_id_of("choice", choice->name);
  std::string name = choice->name;
  global_choices_.insert_or_assign(std::move(name), std::move(choice));
}

void Catalogue::drop_global_choice(std::string_view name) {
  if (const auto found = global_choices_.find(name); found != global_choices_.end())
    global_choices_.erase(found);
}

}  // namespace flit::sim::dataverse
