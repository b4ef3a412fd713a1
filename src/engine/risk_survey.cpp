#include "engine/risk_survey.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/preflight.hpp"
#include "mapping/text_converters.hpp"

namespace flit::engine {
namespace {

using model::FieldType;

constexpr std::int64_t chunk_size = 2000;
/// Values of one field that are told apart; a field with more is no choice.
constexpr std::size_t most_values = 100;

/// In the order in which risks are covered.
enum class Rank : std::uint8_t { route, hierarchy, state, owner, extreme, choice };

std::string owner_field(const model::ObjectMap& rules) {
  for (const model::FieldRule& rule : rules.fields)
    if (rule.convert == "owner") return rule.from;
  return {};
}

}  // namespace

/// What the records of one object show.
class RiskSurvey::ObjectSurvey {
 public:
  ObjectSurvey(const Migration& migration, const std::string& object)
      : migration_(migration),
        object_(object),
        source_(*migration.map.source().find_object(object)),
        view_(migration.map.find(object)->numbers()),
        values_(source_.fields.size()),
        longest_(source_.fields.size()) {
    const std::string owner = owner_field(*migration.map.rules(object));
    const auto number = migration.map.find(object)->numbers().find(owner);
    if (number) owner_field_ = *number;
  }

  Result<void> look(const store::StagedRecord& staged, const store::Assignment& assignment) {
    FLIT_TRY_VOID(view_.open(staged.record.payload));
    const std::string& id = assignment.source_id;
    show(Rank::route, "route to " + assignment.table, 1, id);
    if (assignment.depth > 0) show(Rank::hierarchy, "deepest hierarchy", assignment.depth, id);
    if (const auto* states = migration_.map.states(object_, assignment.table))
      if (const auto rule = states->rule_of(view_, staged.record.payload))
        show(Rank::state, fmt::format("state {} of {}", *rule + 1, assignment.table), 1, id);
    if (owner_field_) show(Rank::owner, "owner " + owner_class(), 1, id);
    if (staged.record.created_at)
      show(Rank::extreme, "oldest", -staged.record.created_at->time_since_epoch().count(), id);
    for (std::size_t i = 0; i < source_.fields.size(); ++i) look_at_field(i, id);
    return {};
  }

  void give(std::vector<std::pair<Rank, Risk>>& risks) const {
    for (const auto& [key, best] : best_)
      risks.emplace_back(key.first, Risk{object_ + ": " + key.second, {object_, best.id}});
    for (std::size_t i = 0; i < source_.fields.size(); ++i) {
      const std::string field = object_ + "." + source_.fields[i].name;
      if (longest_[i].weight > 0)
        risks.emplace_back(Rank::extreme, Risk{"longest " + field, {object_, longest_[i].id}});
      for (const auto& [value, id] : values_[i])
        risks.emplace_back(Rank::choice,
                           Risk{fmt::format("choice {} = {}", field, value), {object_, id}});
    }
  }

 private:
  struct Best {
    std::int64_t weight = 0;
    std::string id{};
  };

  void show(Rank rank, const std::string& name, std::int64_t weight, const std::string& id) {
    const auto [best, fresh] = best_.try_emplace({rank, name}, Best{weight, id});
    if (!fresh && weight > best->second.weight) best->second = {weight, id};
  }

  std::string owner_class() const {
    std::string buffer;
    const json::Value owner = view_.field(*owner_field_);
    const auto row = migration_.owners.find(
        mapping::is_empty(owner) ? std::string_view() : mapping::text_of(owner, buffer));
    return row == migration_.owners.end() ? "unknown" : row->second.verdict;
  }

  void look_at_field(std::size_t number, const std::string& id) {
    const json::Value value = view_.field(number);
    if (mapping::is_empty(value)) return;
    const FieldType type = source_.fields[number].type;
    std::string buffer;
    const std::string_view text = mapping::text_of(value, buffer);
    if (type == FieldType::choice || type == FieldType::boolean) {
      auto& values = values_[number];
      if (values.size() < most_values && !values.contains(text)) values.emplace(text, id);
      return;
    }
    const auto length = static_cast<std::int64_t>(text.size());
    if (length > longest_[number].weight) longest_[number] = {length, id};
  }

  const Migration& migration_;
  const std::string& object_;
  const model::Object& source_;
  mapping::RecordView view_;
  std::optional<std::size_t> owner_field_;
  std::map<std::pair<Rank, std::string>, Best> best_;
  std::vector<std::map<std::string, std::string, std::less<>>> values_;  // by field: value → id
  std::vector<Best> longest_;                                            // by field
};

Result<std::vector<Risk>> RiskSurvey::run(std::stop_token stop) {
  std::vector<std::pair<Rank, Risk>> risks;
  Environment& environment = migration_.environment;
  for (const std::string& object : Preflight::objects_of(migration_.map)) {
    if (migration_.map.find(object) == nullptr) continue;
    ObjectSurvey survey(migration_, object);
    std::int64_t last = 0;
    for (std::int64_t after = -1; last > after;) {
      if (stop.stop_requested())
        return Error{.fault = Fault::cancelled, .message = "stopped while looking for a sample"};
      after = last;
      FLIT_TRY_VOID(environment.ledger.read([&](store::sql::Connection& reader) {
        return environment.books.worklist.scan(
            reader, object, after, chunk_size,
            [&](const store::StagedRecord& staged, const store::Assignment& one) -> Result<void> {
              last = staged.seq;
              if (one.verdict != store::Verdict::create) return {};
              return survey.look(staged, one);
            });
      }));
    }
    survey.give(risks);
  }
  std::stable_sort(risks.begin(), risks.end(),
                   [](const auto& one, const auto& other) { return one.first < other.first; });
  std::vector<Risk> ordered;
  ordered.reserve(risks.size());
  for (auto& [rank, risk] : risks) ordered.push_back(std::move(risk));
  return ordered;
}

}  // namespace flit::engine
