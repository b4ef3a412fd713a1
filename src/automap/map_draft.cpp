#include "automap/map_draft.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "automap/adapt.hpp"
#include "automap/column_draft.hpp"
#include "automap/rule_draft.hpp"
#include "base/text.hpp"

namespace flit::automap {

namespace {

// Below this, no table is named: a person decides where the records of an object go.
constexpr double sure_of_table = 0.3;

std::set<std::string> fields_named_in(const model::ObjectMap& map) {
  std::set<std::string> named;
  for (const model::FieldRule& rule : map.fields) named.insert(rule.from);
  for (const model::IgnoredField& field : map.ignored) named.insert(field.from);
  for (const model::LinkRule& link : map.links)
    named.insert(link.associations.begin(), link.associations.end());
  for (const model::StateRule& state : map.states)
    for (const model::FieldRule& rule : state.fields) named.insert(rule.from);
  return named;
}

class ObjectDraft {
 public:
  ObjectDraft(const DraftRequest& request, const model::Object& source, TakenNames& taken,
              MapDraft& out)
      : request_(request), source_(source), taken_(taken), out_(out) {}

  void write(const model::ObjectMap* known) {
    model::ObjectMap map;
    if (known != nullptr) map = *known;
    map.object = source_.name;
    map_ = &map;
    has_links_ = !map.links.empty();
    if (map.routes.empty() && map.held.empty()) add_routes();
    for (const model::Route& route : map.routes)
      if (const model::Object* table = request_.destination.find_object(route.table);
          table != nullptr && std::find(tables_.begin(), tables_.end(), table) == tables_.end())
        tables_.push_back(table);
    if (map.held.empty()) add_fields();
    out_.map.objects.push_back(std::move(map));
  }

 private:
  const ObjectProposal* object_proposal() const {
    for (const ObjectProposal& object : request_.proposal.objects)
      if (object.object == source_.name) return &object;
    return nullptr;
  }

  void add_routes() {
    const ObjectProposal* object = object_proposal();
    if (object == nullptr || object->tables.empty() ||
        object->tables.front().confidence < sure_of_table) {
      map_->held = "no table of the destination clearly holds these records";
      return;
    }
    for (const Branch& branch : object->branches) {
      model::Route route{.table = branch.table};
      route.when = {.kind = model::Condition::Kind::in,
                    .field = object->discriminator,
                    .values = branch.values};
      route.because = fmt::format("{} says so", object->discriminator);
      map_->routes.push_back(std::move(route));
    }
    model::Route rest{.table = object->rest.empty() ? object->tables.front().table : object->rest};
    rest.because = object->branches.empty() ? "the table for such records" : "everybody else";
    map_->routes.push_back(std::move(rest));
  }

  void add_fields() {
    const std::set<std::string> named = fields_named_in(*map_);
    for (const FieldProposal& proposal : request_.proposal.fields) {
      if (proposal.object != source_.name || named.count(proposal.field) > 0) continue;
      if (is_association(proposal.field)) {
        if (!has_links_) add_link(proposal);
      } else if (const model::Field* field = source_.find_field(proposal.field)) {
        add_field(proposal, *field);
      }
    }
    std::stable_sort(map_->links.begin(), map_->links.end(),
                     [](const auto& a, const auto& b) { return a.lookup < b.lookup; });
  }

  void add_field(const FieldProposal& proposal, const model::Field& field) {
    const bool proposed = proposal.band != Band::decide && !proposal.candidates.empty();
    std::vector<const model::Object*> homeless;
    std::string obstacle;
    for (const model::Object* table : tables_) {
      const auto target = proposed ? target_on(proposal, *table) : std::nullopt;
      TableDraft draft;
      if (target) draft = draft_for_table(proposal, *target, field, *table);
      if (draft.rule) add_rule(std::move(*draft.rule), *table, proposal);
      map_->states.insert(map_->states.end(), draft.states.begin(), draft.states.end());
      if (!draft.lands() || draft.loses) homeless.push_back(table);
      if (!draft.obstacle.empty()) obstacle = draft.obstacle;
    }
    if (homeless.empty()) return;
    if (proposed || proposal.refusal == "custom")
      preserve(proposal, field, homeless, obstacle);
    else
      ignore(field.name, proposal.refusal_text);
  }

  // Tables that take the same rule share its line.
  void add_rule(model::FieldRule rule, const model::Object& table, const FieldProposal& proposal) {
    for (model::FieldRule& line : map_->fields) {
      model::FieldRule bare = line;
      bare.why = {};
      bare.tables.clear();
      if (line.tables.empty() || !(bare == rule)) continue;
      line.tables.push_back(table.name);
      if (line.tables.size() == tables_.size()) line.tables.clear();
      return;
    }
    rule.why = rationale_of(proposal);
    if (tables_.size() > 1) rule.tables = {table.name};
    map_->fields.push_back(std::move(rule));
  }

  void preserve(const FieldProposal& proposal, const model::Field& field,
                const std::vector<const model::Object*>& tables, const std::string& obstacle) {
    const std::string wanted = column_name(request_.prefix, field.name, ++serial_);
    const auto column = column_for(field, wanted);
    if (!column) return ignore(field.name, "a file: files move on a path of their own");
    std::vector<std::string> names;
    for (const model::Object* table : tables) names.push_back(table->name);
    model::Field made = *column;
    made.name = taken_.take(wanted, names);
    model::FieldRule rule = preserving_rule(field, made);
    const bool refused = proposal.band == Band::decide;
    rule.why.reason = !obstacle.empty() ? "kept as it is: " + obstacle
                      : refused         ? proposal.refusal_text
                                        : "the original, kept beside what became of it";
    if (refused && !proposal.candidates.empty())
      rule.why.alternatives.emplace_back(
          proposal.candidates.front().table + "." + proposal.candidates.front().column,
          proposal.candidates.front().confidence);
    if (tables.size() < tables_.size()) rule.tables = names;
    for (const std::string& table : names)
      out_.columns.push_back({source_.name, field.name, {table, made, ""}, rule.why.reason});
    map_->fields.push_back(std::move(rule));
  }

  void ignore(const std::string& field, const std::string& reason) {
    map_->ignored.push_back({field, reason.empty() ? "nothing corresponds to it" : reason});
  }

  // Associations that want the same look-up share a line, the most telling record first.
  void add_link(const FieldProposal& proposal) {
    if (proposal.band == Band::decide || proposal.candidates.empty()) return;
    for (const model::Object* table : tables_) {
      const auto target = target_on(proposal, *table);
      if (!target) continue;
      const auto same = std::find_if(map_->links.begin(), map_->links.end(), [&](const auto& l) {
        return l.lookup == target->column && (l.tables.empty() || l.tables.front() == table->name);
      });
      if (same == map_->links.end()) {
        model::LinkRule link{.associations = {proposal.field}, .lookup = target->column};
        if (tables_.size() > 1) link.tables = {table->name};
        link.why = rationale_of(proposal);
        map_->links.push_back(std::move(link));
      } else {
        same->associations.push_back(proposal.field);
        std::stable_sort(same->associations.begin(), same->associations.end(),
                         [&](const auto& a, const auto& b) { return rank_of(a) < rank_of(b); });
      }
    }
  }

  // A deal says more about a call than the company behind it, and that more than a person.
  int rank_of(const std::string& association) const {
    for (const ObjectProposal& object : request_.proposal.objects) {
      if (!association.ends_with(association_arrow + object.object) || object.tables.empty())
        continue;
      const std::string table = text::ascii_lower(object.tables.front().table);
      return table == "contact" || table == "lead" ? 2 : table == "account" ? 1 : 0;
    }
    return 3;
  }

  const DraftRequest& request_;
  const model::Object& source_;
  TakenNames& taken_;
  MapDraft& out_;
  model::ObjectMap* map_ = nullptr;
  std::vector<const model::Object*> tables_{};
  bool has_links_ = false;
  std::size_t serial_ = 0;
};

}  // namespace

MapDraft to_map(const DraftRequest& request) {
  MapDraft draft;
  draft.map.path = request.path;
  TakenNames taken(request.destination, request.known);
  for (const model::Object& object : request.source.objects) {
    const model::ObjectMap* known = nullptr;
    if (request.known != nullptr)
      for (const model::ObjectMap& map : request.known->objects)
        if (map.object == object.name) known = &map;
    ObjectDraft(request, object, taken, draft).write(known);
  }
  return draft;
}

}  // namespace flit::automap
