#include "automap/also_draft.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "automap/rule_draft.hpp"
#include "base/text.hpp"

namespace flit::automap {
namespace {

bool is_sure(const FieldProposal& field, double accept) {
  return field.band != Band::decide && !field.candidates.empty() &&
         field.candidates.front().confidence >= accept;
}

class AlsoDraft {
 public:
  explicit AlsoDraft(const AlsoRequest& request) : request_(request) {}

  std::optional<model::AlsoRule> rule() {
    table_ = request_.destination.find_object(request_.also.table);
    if (table_ == nullptr) return {};
    add_fields();
    const model::FieldRule* named = naming_rule();
    if (named == nullptr) return {};
    rule_.key = {named->from};
    choose_tables(named->from);
    if (rule_.lookup.empty()) return {};
    rule_.name = text::slug(request_.also.title);
    rule_.table = table_->name;
    rule_.why = why_of(named->from);
    return std::move(rule_);
  }

 private:
  /// A column once; what would lose something keeps its place beside the record.
  void add_fields() {
    std::set<std::string> filled;
    for (const FieldProposal& proposal : request_.also.fields) {
      const model::Field* field = request_.source.find_field(proposal.field);
      if (field == nullptr || !is_sure(proposal, request_.accept)) continue;
      if (proposal.candidates.front().table != table_->name) continue;
      TableDraft draft = draft_for_table(proposal, proposal.candidates.front(), *field, *table_);
      if (!draft.rule || draft.loses || !filled.insert(draft.rule->to).second) continue;
      draft.rule->why = rationale_of(proposal);
      rule_.fields.push_back(std::move(*draft.rule));
    }
  }

  /// What tells one row from another: the e-mail address of a person, else the name.
  const model::FieldRule* naming_rule() const {
    const auto filling = [&](auto matches) -> const model::FieldRule* {
      for (const model::FieldRule& rule : rule_.fields)
        if (matches(*table_->find_field(rule.to))) return &rule;
      return nullptr;
    };
    const auto is_address = [](const model::Field& column) {
      return column.type == model::FieldType::email;
    };
    const bool person =
        table_->find_field("lastname") != nullptr || table_->find_field("LastName") != nullptr;
    if (person) return filling(is_address);
    return filling([&](const model::Field& column) {
      return column.name == table_->primary_name ||
             (table_->primary_name.empty() && text::ascii_lower(column.name) == "name");
    });
  }

  void choose_tables(const std::string& key) {
    for (const model::Object* table : request_.tables) {
      if (keeps_text(*table, key)) continue;
      const std::string lookup = lookup_on(*table, key);
      if (lookup.empty() || (!rule_.lookup.empty() && lookup != rule_.lookup)) continue;
      rule_.lookup = lookup;
      rule_.tables.push_back(table->name);
    }
    if (rule_.tables.size() == request_.tables.size()) rule_.tables.clear();
  }

  const FieldProposal* own_proposal(const std::string& field) const {
    for (const FieldProposal& one : request_.proposal.fields)
      if (one.object == request_.source.name && one.field == field)
        return one.candidates.empty() ? nullptr : &one;
    return nullptr;
  }

  /// The table has a column for the name itself, and the proposal finds it.
  bool keeps_text(const model::Object& table, const std::string& key) const {
    const FieldProposal* own = own_proposal(key);
    if (own == nullptr) return false;
    const auto target = target_on(*own, table);
    return target && model::is_textual(table.find_field(target->column)->type);
  }

  /// The column that leads there: the one that the proposal sees for the name, else the only one.
  std::string lookup_on(const model::Object& table, const std::string& key) const {
    const auto leads_there = [&](const model::Field& column) {
      return column.type == model::FieldType::reference && column.creatable &&
             std::find(column.targets.begin(), column.targets.end(), table_->name) !=
                 column.targets.end();
    };
    if (const FieldProposal* own = own_proposal(key))
      for (const Target& target : own->candidates)
        if (target.table == table.name)
          if (const model::Field* column = table.find_field(target.column);
              column != nullptr && leads_there(*column))
            return column->name;
    std::vector<const model::Field*> all;
    for (const model::Field& column : table.fields)
      if (leads_there(column)) all.push_back(&column);
    return all.size() == 1 ? all.front()->name : std::string();
  }

  model::Rationale why_of(const std::string& key) const {
    model::Rationale why;
    for (const model::FieldRule& rule : rule_.fields)
      if (rule.from == key) why.confidence = rule.why.confidence;
    const std::string label = table_->label.empty() ? table_->name : table_->label;
    why.reason = fmt::format(
        "{} of its fields speak{} of one {}, which the source keeps nowhere else; records with the "
        "same {} share a row",
        rule_.fields.size(), rule_.fields.size() == 1 ? "s" : "", text::lower(label), key);
    return why;
  }

  const AlsoRequest& request_;
  const model::Object* table_ = nullptr;
  model::AlsoRule rule_{};
};

}  // namespace

std::optional<model::AlsoRule> also_rule(const AlsoRequest& request) {
  return AlsoDraft(request).rule();
}

}  // namespace flit::automap
