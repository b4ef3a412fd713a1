#include "sources/rest/join_table.hpp"

#include <algorithm>
#include <limits>

#include "sources/rest/json_text.hpp"

namespace flit::sources::rest {
namespace {

constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();  // of a row without a place

std::string as_json(const std::string& text) {
  std::string json;
  json::append_quoted(json, text);
  return json;
}

}  // namespace

Result<void> JoinTable::add(const model::Record& row) {
  FLIT_TRY(document, json::parse(row.payload));
  Row cells;
  for (const AddedField& field : join_->add) {
    if (field.take.find('{') != std::string::npos) {
      const std::string text = filled(field.take, document.root());
      cells.push_back({text.empty() ? "null" : as_json(text), text});
      continue;
    }
    const json::Value value = document.root().at_path(field.take);
    cells.push_back({value ? value.dump() : "null", text_of(value)});
  }
  if (!rows_.insert_or_assign(row.key.id, std::move(cells)).second) return {};
  Place place{.rank = {}, .id = row.key.id};
  for (const std::string& key : join_->order)
    place.rank.push_back(document.root().at_path(key).as_integer().value_or(last));
  order_.insert(std::move(place));
  return {};
}

/// Ids are numbers in some sources and text in others: the shorter of two is the smaller number.
bool JoinTable::Place::operator<(const Place& other) const {
  if (rank != other.rank) return rank < other.rank;
  return id.size() != other.id.size() ? id.size() < other.id.size() : id < other.id;
}

const JoinTable::Row* JoinTable::find(json::Value id) const {
  const auto found = rows_.find(text_of(id));
  return found == rows_.end() ? nullptr : &found->second;
}

void JoinTable::write(json::Value on, json::Writer& out) const {
  for (std::size_t column = 0; column < join_->add.size(); ++column) {
    out.key(join_->add[column].name);
    if (!on.is_array()) {
      const Row* row = find(on);
      out.raw(row == nullptr ? "null" : (*row)[column].json);
      continue;
    }
    std::string text;
    for (const json::Value id : on.elements()) {
      const Row* row = find(id);
      if (row == nullptr) continue;
      if (!text.empty()) text += join_->separator;
      text += (*row)[column].text;
    }
    out.raw(text.empty() ? "null" : as_json(text));
  }
}

std::vector<model::Option> JoinTable::options(std::size_t column,
                                              const model::Object& object) const {
  std::vector<model::Option> options;
  if (const model::Field* other = object.find_field(join_->add[column].options_of))
    options = other->options;
  for (const Place& place : order_) {
    const std::string& text = rows_.at(place.id)[column].text;
    const bool known =
        text.empty() || std::any_of(options.begin(), options.end(),
                                    [&](const model::Option& one) { return one.value == text; });
    if (!known) options.push_back({.value = text, .label = text});
  }
  return options;
}

std::vector<model::Field> JoinTable::fields(const model::Object& object) const {
  std::vector<model::Field> fields;
  for (std::size_t column = 0; column < join_->add.size(); ++column) {
    const AddedField& added = join_->add[column];
    model::Field field{.name = added.name,
                       .label = added.label,
                       .type = added.type.type,
                       .native_type = join_->list + "." + added.take};
    field.calculated = true;
    field.creatable = field.updatable = false;
    if (field.type == model::FieldType::choice) field.options = options(column, object);
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace flit::sources::rest
