#include "engine/map_review.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "mapping/compiled_also.hpp"
#include "mapping/compiled_checks.hpp"
#include "mapping/compiled_map.hpp"
#include "mapping/compiled_states.hpp"

namespace flit::engine {
namespace {

/// What the lines of an object's map say about its fields.
struct Spoken {
  std::set<std::string> mapped{};
  std::set<std::string> preserved{};
  std::set<std::string> ignored{};

  explicit Spoken(const model::ObjectMap& map) {
    for (const model::FieldRule& rule : map.fields)
      (rule.preserved ? preserved : mapped).insert(rule.from);
    for (const model::AlsoRule& also : map.also) {
      for (const model::FieldRule& rule : also.fields)
        (rule.preserved ? preserved : mapped).insert(rule.from);
      if (!also.lookup.empty()) mapped.insert(also.key.begin(), also.key.end());
    }
    for (const model::StateRule& state : map.states)
      for (const model::FieldRule& rule : state.fields) mapped.insert(rule.from);
    for (const model::IgnoredField& one : map.ignored) ignored.insert(one.from);
  }
};

std::string tables_of(const model::ObjectMap& map) {
  std::string text;
  std::set<std::string> seen;
  for (const model::Route& route : map.routes)
    if (seen.insert(route.table).second) text += (text.empty() ? "" : ", ") + route.table;
  for (const model::AlsoRule& also : map.also)
    if (seen.insert(also.table).second) text += (text.empty() ? "" : ", ") + also.table;
  return text;
}

void count(const model::Object& object, const model::ObjectMap& map, ObjectReview& review,
           std::vector<ReviewProblem>& problems) {
  const Spoken spoken(map);
  for (const model::Field& field : object.fields) {
    if (spoken.mapped.contains(field.name)) {
      ++review.mapped;
    } else if (spoken.preserved.contains(field.name)) {
      ++review.preserved;
    } else if (spoken.ignored.contains(field.name)) {
      ++review.ignored;
    } else {
      problems.push_back({fmt::format("{} › {}", object.name, field.name),
                          "no line of the map speaks for this field",
                          "Map it under fields, or list it under ignore with a reason",
                          {}});
    }
  }
}

bool meet(const model::FieldRule& one, const model::FieldRule& other) {
  if (one.to != other.to) return false;
  if (one.tables.empty() || other.tables.empty()) return true;
  return std::any_of(one.tables.begin(), one.tables.end(), [&](const std::string& table) {
    return std::find(other.tables.begin(), other.tables.end(), table) != other.tables.end();
  });
}

void find_shared(const model::ObjectMap& map, std::vector<SharedColumn>& shared) {
  std::set<std::string> seen;
  for (const model::FieldRule& rule : map.fields) {
    if (!seen.insert(rule.to).second) continue;
    SharedColumn column{map.object, rule.to, {}};
    for (const model::FieldRule& other : map.fields)
      if (meet(rule, other)) column.fields.push_back(other.from);
    if (column.fields.size() > 1) shared.push_back(std::move(column));
  }
}

/// Everything that compiling finds: the lines, the states and the checks.
void compile(const MapReviewParts& parts, const model::ObjectMap& map, const model::Object& object,
             std::vector<ReviewProblem>& problems) {
  std::vector<mapping::MapProblem> found;
  const mapping::CompiledObject::Settings settings{map, object, parts.destination, parts.locale};
  if (const auto compiled = mapping::CompiledObject::compile(settings, found)) {
    mapping::compile_checks(map, object, compiled->numbers(), found);
    std::set<std::string> tables;
    for (const model::StateRule& rule : map.states)
      if (tables.insert(rule.table).second)
        mapping::CompiledStates::compile(settings, rule.table, found);
  }
  for (const model::AlsoRule& also : map.also)
    mapping::CompiledAlso::compile(settings, also, found);
  for (mapping::MapProblem& problem : found)
    problems.push_back({std::move(problem.where), std::move(problem.message),
                        std::move(problem.remedy), std::move(problem.item)});
}

/// Records of an object that no file speaks for would be left behind by accident.
void find_forgotten(const MapReviewParts& parts, std::vector<ReviewProblem>& problems) {
  for (const model::Object& object : parts.source.objects) {
    const bool known =
        std::any_of(parts.map.objects.begin(), parts.map.objects.end(),
                    [&](const model::ObjectMap& map) { return map.object == object.name; });
    if (!known)
      problems.push_back({object.name,
                          "no file of the map speaks for this object",
                          fmt::format("Put {0}.yaml back; if its records are to wait, a file that "
                                      "says `object: {0}` and `held: why`",
                                      object.name),
                          {}});
  }
}

}  // namespace

MapReview review_map(const MapReviewParts& parts) {
  MapReview review;
  for (const model::ObjectMap& map : parts.map.objects) {
    ObjectReview& one = review.objects.emplace_back(
        ObjectReview{.object = map.object, .held = map.held, .tables = tables_of(map)});
    const model::Object* object = parts.source.find_object(map.object);
    if (object != nullptr) one.fields = object->fields.size();
    if (!map.held.empty()) continue;
    if (object == nullptr) {
      review.problems.push_back({map.object,
                                 "the source has no such object",
                                 "Remove its file, or take the inventory again",
                                 {}});
    } else {
      count(*object, map, one, review.problems);
      compile(parts, map, *object, review.problems);
      find_shared(map, review.shared);
    }
  }
  find_forgotten(parts, review.problems);
  return review;
}

std::string to_json(const MapReview& review) {
  json::Writer out;
  out.begin_object().key("objects").begin_array();
  for (const ObjectReview& one : review.objects) {
    out.begin_object().member("object", one.object).member("held", one.held);
    out.member("tables", one.tables).member("fields", one.fields).member("mapped", one.mapped);
    out.member("preserved", one.preserved).member("ignored", one.ignored).end_object();
  }
  out.end_array().key("problems").begin_array();
  for (const ReviewProblem& one : review.problems)
    out.begin_object()
        .member("where", one.where)
        .member("message", one.message)
        .member("remedy", one.remedy)
        .end_object();
  out.end_array().key("shared_columns").begin_array();
  for (const SharedColumn& one : review.shared) {
    out.begin_object().member("object", one.object).member("column", one.column);
    out.key("fields").begin_array();
    for (const std::string& field : one.fields) out.string(field);
    out.end_array().end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace flit::engine
