#include "automap/map_draft.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "automap/adapt.hpp"
#include "automap/also_draft.hpp"
#include "automap/column_draft.hpp"
#include "automap/rule_draft.hpp"
#include "base/text.hpp"

namespace flit::automap {

namespace {

// Below this, no table is named: a person decides where the records of an object go.
constexpr double sure_of_table = 0.3;

// Below this, an alternative only makes a line longer.
constexpr double worth_telling = 0.05;

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
    if (known != nullptr && map.held.empty())
      keep_usable(map, source_, {request_.destination, request_.known_columns}, out_.notes);
    if (known == nullptr && request_.only_known_objects)
      map.held = source_.custom ? "custom tables are not yet made"
                                : "the path says nothing about this object";
    has_links_ = !map.links.empty();
    const ObjectProposal* object = object_proposal();
    is_flat_row_ = object != nullptr && object->shape == "flat row";
    if (map.routes.empty() && map.held.empty()) add_routes();
    for (const model::Route& route : map.routes)
      if (const model::Object* table = request_.destination.find_object(route.table);
          table != nullptr && std::find(tables_.begin(), tables_.end(), table) == tables_.end())
        tables_.push_back(table);
    if (map.held.empty()) {
      const std::set<std::string> named = fields_named_in(map);
      add_also(named);
      add_fields(named);
      give_owners();
    }
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

  // Records inside these records, unless the known map speaks for their fields.
  void add_also(const std::set<std::string>& named) {
    for (const AlsoProposal& proposal : request_.proposal.also) {
      if (proposal.object != source_.name) continue;
      auto rule = also_rule({.also = proposal,
                             .proposal = request_.proposal,
                             .source = source_,
                             .destination = request_.destination,
                             .tables = tables_,
                             .accept = request_.accept});
      if (!rule || is_spoken_for(rule->lookup)) continue;
      std::erase_if(rule->fields, [&](const auto& field) { return named.count(field.from) > 0; });
      const bool named_still = std::any_of(
          rule->fields.begin(), rule->fields.end(),
          [&](const model::FieldRule& field) { return field.from == rule->key.front(); });
      if (!named_still) continue;
      preserve_beside(proposal, named, *rule);
      map_->also.push_back(std::move(*rule));
    }
  }

  // What is said of the embedded record and has no standard home is kept with it.
  void preserve_beside(const AlsoProposal& proposal, const std::set<std::string>& named,
                       model::AlsoRule& rule) {
    for (const FieldProposal& one : proposal.fields) {
      const model::Field* field = source_.find_field(one.field);
      const bool homeless = one.band == Band::decide && one.refusal == "custom";
      if (!homeless || field == nullptr || named.count(one.field) > 0) continue;
      const std::string wanted = column_name(request_.prefix, field->name, ++serial_);
      auto column = column_for(*field, wanted);
      if (!column) continue;
      column->name = taken_.take(wanted, {rule.table});
      rule.fields.push_back(preserving_rule(*field, *column));
      rule.fields.back().why.reason = one.refusal_text;
      out_.columns.push_back(
          {source_.name, field->name, {rule.table, *column, ""}, one.refusal_text});
    }
  }

  bool is_spoken_for(const std::string& lookup) const {
    const auto fills = [&](const auto& line) { return line.lookup == lookup; };
    return std::any_of(map_->links.begin(), map_->links.end(), fills) ||
           std::any_of(map_->also.begin(), map_->also.end(), fills) ||
           std::any_of(map_->fields.begin(), map_->fields.end(),
                       [&](const model::FieldRule& rule) { return rule.to == lookup; });
  }

  // Whoever owns the record owns what it speaks of.
  void give_owners() {
    for (model::AlsoRule& also : map_->also) {
      const model::Object* table = request_.destination.find_object(also.table);
      for (const model::FieldRule& rule : map_->fields) {
        if (rule.convert != "owner" || table->find_field(rule.to) == nullptr) continue;
        also.fields.push_back(
            {.from = rule.from, .to = rule.to, .convert = rule.convert, .fallback = rule.fallback});
        also.fields.back().why.reason = "whoever owns the record owns what it speaks of";
        break;
      }
    }
  }

  // The field went into a row of its own for records that land on this table.
  bool is_also(const std::string& field, const std::string& table) const {
    return std::any_of(map_->also.begin(), map_->also.end(), [&](const model::AlsoRule& also) {
      const bool here = also.tables.empty() || std::find(also.tables.begin(), also.tables.end(),
                                                         table) != also.tables.end();
      return here && std::any_of(also.fields.begin(), also.fields.end(),
                                 [&](const auto& rule) { return rule.from == field; });
    });
  }

  void add_fields(const std::set<std::string>& named) {
    const std::set<std::string> decide = fields_that_decide(*map_);
    for (const FieldProposal& proposal : request_.proposal.fields) {
      if (proposal.object != source_.name || named.count(proposal.field) > 0) continue;
      const model::Field* field = source_.find_field(proposal.field);
      if (is_association(proposal.field)) {
        if (!has_links_) add_link(proposal);
      } else if (field == nullptr) {
        continue;
      } else if (const std::string why = moves_otherwise(*field); !why.empty()) {
        ignore(field->name, why);
      } else if (field->calculated && decide.count(field->name) > 0) {
        ignore(field->name, "it decides the state, which says the same");
      } else {
        add_field(proposal, *field);
      }
    }
    std::stable_sort(map_->links.begin(), map_->links.end(),
                     [](const auto& a, const auto& b) { return a.lookup < b.lookup; });
  }

  bool is_accepted(const FieldProposal& proposal) const {
    return proposal.band != Band::decide && !proposal.candidates.empty() &&
           proposal.candidates.front().confidence >= request_.accept;
  }

  void add_field(const FieldProposal& proposal, const model::Field& field) {
    const bool proposed = is_accepted(proposal);
    std::vector<const model::Object*> homeless;
    std::string obstacle;
    for (const model::Object* table : tables_) {
      if (is_also(field.name, table->name)) continue;
      TableDraft draft;
      if (proposed) draft = draft_on(*table, proposal, field);
      if (draft.rule) add_rule(std::move(*draft.rule), *table, proposal);
      map_->states.insert(map_->states.end(), draft.states.begin(), draft.states.end());
      if (!draft.lands() || draft.loses) homeless.push_back(table);
      if (!draft.obstacle.empty()) obstacle = draft.obstacle;
    }
    if (homeless.empty()) return;
    if (!proposed && proposal.band != Band::decide) obstacle = taken_already(proposal);
    const bool kept = proposal.band != Band::decide || proposal.refusal == "custom";
    if (kept || request_.accept > 0.0)
      preserve(proposal, field, homeless, obstacle);
    else
      ignore(field.name, proposal.refusal_text);
  }

  TableDraft draft_on(const model::Object& table, const FieldProposal& proposal,
                      const model::Field& field) const {
    const std::string& wanted = proposal.candidates.front().table;
    if (is_flat_row_ && wanted != table.name) {
      TableDraft elsewhere;
      elsewhere.obstacle =
          fmt::format("it belongs on {}, and a map sends a record to one table only", wanted);
      return elsewhere;
    }
    const auto target = target_on(proposal, table);
    if (!target) return {};
    if (const std::string by = filled_by(table.name, target->column); !by.empty()) {
      TableDraft taken;
      taken.obstacle = fmt::format("{} is filled by {}", target->column, by);
      return taken;
    }
    return draft_for_table(proposal, *target, field, table);
  }

  // Of a proposal that waits: it cannot be had by confirming it while another line fills the
  // column.
  std::string taken_already(const FieldProposal& proposal) const {
    const Target& first = proposal.candidates.front();
    const std::string by = filled_by(first.table, first.column);
    return by.empty() ? "" : fmt::format("{} is filled by {}", first.column, by);
  }

  // What fills a column already; a constant has no name of its own.
  std::string filled_by(const std::string& table, const std::string& column) const {
    for (const model::FieldRule& rule : map_->fields) {
      const bool there = rule.tables.empty() || std::find(rule.tables.begin(), rule.tables.end(),
                                                          table) != rule.tables.end();
      if (there && rule.to == column) return rule.from.empty() ? "a constant" : rule.from;
    }
    return {};
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
    names.reserve(tables.size());
    for (const model::Object* table : tables) names.push_back(table->name);
    model::Field made = *column;
    made.name = taken_.take(wanted, names);
    model::FieldRule rule = preserving_rule(field, made);
    const bool refused = proposal.band == Band::decide;
    const bool waits = !refused && !is_accepted(proposal);
    rule.why.reason = why_kept(proposal, field, obstacle);
    if ((refused || waits) && !proposal.candidates.empty() &&
        proposal.candidates.front().confidence >= worth_telling)
      rule.why.alternatives.emplace_back(
          proposal.candidates.front().table + "." + proposal.candidates.front().column,
          proposal.candidates.front().confidence);
    if (tables.size() < tables_.size()) rule.tables = names;
    for (const std::string& table : names)
      out_.columns.push_back({source_.name, field.name, {table, made, ""}, rule.why.reason});
    map_->fields.push_back(std::move(rule));
  }

  std::string why_kept(const FieldProposal& proposal, const model::Field& field,
                       const std::string& obstacle) const {
    if (!obstacle.empty()) return "kept as it is: " + obstacle;
    if (field.calculated) return "calculated at the source: its value is kept as it was";
    if (proposal.band == Band::decide)
      return proposal.refusal == "derived"
                 ? "it may be worked out from other data; its value is kept as it was"
                 : proposal.refusal_text;
    return is_accepted(proposal) ? "the original, kept beside what became of it"
                                 : "kept as it is until a person confirms the proposal";
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
  bool is_flat_row_ = false;
  std::size_t serial_ = 0;
};

}  // namespace

MapDraft to_map(const DraftRequest& request) {
  MapDraft draft;
  draft.map.path = request.path;
  TakenNames taken(request.destination, request.known, request.known_columns);
  for (const model::Object& object : request.source.objects) {
    const model::ObjectMap* known = nullptr;
    if (request.known != nullptr)
      for (const model::ObjectMap& map : request.known->objects)
        if (map.object == object.name) known = &map;
    ObjectDraft(request, object, taken, draft).write(known);
  }
  if (request.known == nullptr) return draft;
  for (const model::ObjectMap& known : request.known->objects) {
    if (request.source.find_object(known.object) != nullptr) continue;
    if (!known.held.empty()) draft.map.objects.push_back(known);
    draft.notes.push_back(fmt::format("{}: this source does not have it", known.object));
  }
  return draft;
}

}  // namespace flit::automap
