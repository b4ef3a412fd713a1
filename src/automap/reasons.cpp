#include "automap/reasons.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/core.h>

#include "base/utf8.hpp"

namespace flit::automap {

namespace {

enum class Topic : std::uint8_t {
  meaning,
  name,
  lost,
  kind,
  values,
  choices,
  target,
  address,
  table,
  standing,
  rivals,
  count
};

constexpr std::array<std::string_view, static_cast<std::size_t>(Topic::count)> topic_names{
    "meaning",   "name",    "words", "type",   "values", "choices",
    "reference", "address", "table", "column", "rivals"};

Topic topic_of(Feature feature) {
  switch (feature) {
    case Feature::same_name:
    case Feature::same_label:
    case Feature::name_is_label:
    case Feature::trigrams:
      return Topic::name;
    case Feature::source_qualifier_lost:
    case Feature::column_qualifier_extra:
    case Feature::source_head_lost:
    case Feature::source_unknown_lost:
    case Feature::column_head_extra:
      return Topic::lost;
    case Feature::kind_fits:
    case Feature::kind_clashes:
    case Feature::boolean_clash:
    case Feature::date_clash:
    case Feature::number_clash:
    case Feature::too_long:
      return Topic::kind;
    case Feature::class_agrees:
    case Feature::class_contradicts:
      return Topic::values;
    case Feature::choices_overlap:
    case Feature::choice_to_choice:
    case Feature::choice_without_choices:
    case Feature::state_list:
      return Topic::choices;
    case Feature::target_matches:
    case Feature::target_differs:
    case Feature::reference_without_source:
    case Feature::source_without_reference:
    case Feature::key_like:
      return Topic::target;
    case Feature::slot_agrees:
    case Feature::slot_differs:
    case Feature::part_outside_slot:
    case Feature::second_line:
      return Topic::address;
    case Feature::first_table:
    case Feature::second_table:
    case Feature::later_table:
    case Feature::table_confidence:
      return Topic::table;
    case Feature::described:
    case Feature::plumbing:
    case Feature::custom_column:
    case Feature::required_column:
    case Feature::whole_name_alone:
    case Feature::whole_name_beside_parts:
    case Feature::only_claim_on_required:
      return Topic::standing;
    case Feature::rivals_better:
    case Feature::better_claim_elsewhere:
    case Feature::later_of_several:
      return Topic::rivals;
    default:
      return Topic::meaning;
  }
}

double value(const Candidate& candidate, Feature feature) {
  return candidate.features[static_cast<std::size_t>(feature)];
}

std::array<double, static_cast<std::size_t>(Topic::count)> by_topic(const Candidate& candidate,
                                                                    const Model& model) {
  std::array<double, static_cast<std::size_t>(Topic::count)> sums{};
  for (std::size_t i = 1; i < static_cast<std::size_t>(Feature::none_bias); ++i)
    sums[static_cast<std::size_t>(topic_of(static_cast<Feature>(i)))] +=
        model.weights[i] * candidate.features[i];
  return sums;
}

std::string_view shown(std::string_view name) {
  return utf8::prefix_of_utf16_units(name, 60);
}

std::string called(const FieldTerms& field) {
  return field.field->label.empty() ? fmt::format("the name \"{}\"", shown(field.field->name))
                                    : fmt::format("the label \"{}\"", shown(field.field->label));
}

struct Context {
  const FieldTerms& field;
  const TableTerms& table;
  const ColumnTerms& column;
  const SourcePart& part;
};

std::string meaning_evidence(const Candidate& candidate, const Context& context) {
  if (value(candidate, Feature::same_meaning) > 0.5)
    return fmt::format("{} means just what the column holds ({})", called(context.field),
                       candidate.matched);
  if (candidate.similarity > 0.75)
    return fmt::format("{} comes close to what the column holds ({})", called(context.field),
                       candidate.matched);
  if (candidate.similarity > 0.0)
    return fmt::format("{} has some words in common with \"{}\"", called(context.field),
                       candidate.matched);
  return fmt::format("{} has no words in common with the column", called(context.field));
}

std::string kind_evidence(const Candidate& candidate, const Context& context) {
  const std::string from =
      to_string(context.field.kind) +
      (context.field.field->native_type.empty() && context.field.values.seen > 0
           ? fmt::format(" (read from {} values)", context.field.values.seen)
           : "");
  const std::string to = to_string(context.column.kind);
  if (value(candidate, Feature::too_long) > 0.5)
    return fmt::format(
        "{} into {}, but the longest value has {} characters and the column holds {}", from, to,
        context.field.field->max_length, context.column.field->max_length);
  if (value(candidate, Feature::kind_clashes) > 0.0)
    return fmt::format("{} does not go into {}", from, to);
  return value(candidate, Feature::kind_fits) > 0.75
             ? fmt::format("{} goes into {}", from, to)
             : fmt::format("{} goes into {} only by conversion", from, to);
}

std::string values_evidence(const Candidate& candidate, const Context& context) {
  const ValueEvidence& seen = context.field.values;
  const char* verdict = value(candidate, Feature::class_agrees) > 0.5
                            ? "which is what the column is for"
                            : "which is not what the column is for";
  return fmt::format("{} of {} sample values look like {}, {}", seen.fitting, seen.seen,
                     plural_of(seen.value_class), verdict);
}

std::string choices_evidence(const Candidate& candidate, const Context& context) {
  const double share = value(candidate, Feature::choices_overlap);
  const std::size_t own = context.field.field->choices.size();
  if (own == 0) return "the column has a list of choices, and nobody has seen those of the field";
  const auto known = static_cast<std::size_t>(std::lround(share * static_cast<double>(own)));
  if (known == 0) return fmt::format("none of its {} choices is on the column's list", own);
  if (known == own) return fmt::format("all of its {} choices are on the column's list", own);
  return fmt::format("about {} of its {} choices are on the column's list", known, own);
}

std::string target_evidence(const Candidate& candidate, const Context& context) {
  const std::string points =
      context.field.field->targets.empty() ? "" : context.field.field->targets.front();
  if (value(candidate, Feature::target_matches) > 0.5)
    return fmt::format("it points at {}, whose records go where this column points", points);
  if (value(candidate, Feature::target_differs) > 0.5)
    return fmt::format("it points at {}, this column points elsewhere", points);
  if (value(candidate, Feature::key_like) > 0.5)
    return "its values look like the keys of its own records";
  if (value(candidate, Feature::reference_without_source) > 0.5)
    return "the column is a reference: its values must be looked up";
  if (context.column.kind == Kind::reference) return "both name another record";
  return "the field names another record, the column does not";
}

std::string address_evidence(const Candidate& candidate, const Context& context) {
  if (value(candidate, Feature::slot_agrees) > 0.5)
    return "it is part of the address that takes this place as a whole";
  if (value(candidate, Feature::second_line) > 0.5)
    return "the table has one street column: further lines are appended";
  if (value(candidate, Feature::slot_differs) > 0.5)
    return "the address it belongs to goes to another place";
  return context.column.group >= 0 ? "the column is part of an address, the field is not"
                                   : "the field is part of an address, the column is not";
}

std::string doubt_in_words(Doubt doubt) {
  switch (doubt) {
    case Doubt::none:
      return {};
    case Doubt::unread_choices:
      return "nobody has seen which of its values becomes what";
    case Doubt::unread_state:
      return "the column says whether a row is open or closed, and nobody has read these values";
    case Doubt::opposite_sense:
      return "a yes here is a no there, and nothing turns it round on the way";
    case Doubt::several_values:
      return "its values are lists, and the column takes one of each";
  }
  return {};
}

std::string lost_evidence(const Candidate& candidate) {
  if (value(candidate, Feature::column_qualifier_extra) > 0.0)
    return "the column is about a special one of several, and the field does not say which it is";
  if (value(candidate, Feature::source_qualifier_lost) > 0.0)
    return "the field says which of several it is, and the column does not";
  if (value(candidate, Feature::column_head_extra) > 0.0)
    return "the column is about more than the field speaks of";
  return "the field speaks of more than the column is about";
}

std::string standing_evidence(const Candidate& candidate) {
  if (value(candidate, Feature::only_claim_on_required) > 0.5)
    return "the column must be filled and no other field fills it";
  if (value(candidate, Feature::whole_name_alone) > 0.5)
    return "a whole name, and no field has its parts";
  if (value(candidate, Feature::whole_name_beside_parts) > 0.5)
    return "a whole name beside fields that hold its parts";
  if (value(candidate, Feature::required_column) > 0.5) return "the column must be filled";
  return value(candidate, Feature::described) > 0.5 ? "a column people commonly fill"
                                                    : "a column people rarely fill";
}

std::string evidence(Topic topic, const Candidate& candidate, const Context& context) {
  switch (topic) {
    case Topic::meaning:
      return meaning_evidence(candidate, context);
    case Topic::name:
      return value(candidate, Feature::same_name) + value(candidate, Feature::same_label) > 0.5
                 ? "same spelling on both sides"
                 : "the spelling is similar";
    case Topic::lost:
      return lost_evidence(candidate);
    case Topic::kind:
      return kind_evidence(candidate, context);
    case Topic::values:
      return values_evidence(candidate, context);
    case Topic::choices:
      return choices_evidence(candidate, context);
    case Topic::target:
      return target_evidence(candidate, context);
    case Topic::address:
      return address_evidence(candidate, context);
    case Topic::table:
      return value(candidate, Feature::first_table) > 0.5
                 ? fmt::format("{} is where {} go", context.table.object->name,
                               context.part.terms.object->name)
                 : fmt::format("{} is not the first table for {}", context.table.object->name,
                               context.part.terms.object->name);
    case Topic::standing:
      return standing_evidence(candidate);
    case Topic::rivals:
      return value(candidate, Feature::better_claim_elsewhere) > 0.05
                 ? "another field says the same more exactly"
                 : "another column fits more exactly";
    case Topic::count:
      break;
  }
  return {};
}

}  // namespace

std::vector<Reason> reasons_for(const Case& entry, const Candidate& candidate,
                                const std::vector<ObjectGuess>& guesses,
                                const Destination& destination, const Model& model) {
  const SourcePart& part =
      guesses[static_cast<std::size_t>(entry.object)].parts[static_cast<std::size_t>(entry.part)];
  const TableTerms& table = destination.tables()[static_cast<std::size_t>(candidate.table)];
  const Context context{part.terms.fields[static_cast<std::size_t>(entry.field)], table,
                        table.columns[static_cast<std::size_t>(candidate.column)], part};
  const auto sums = by_topic(candidate, model);
  std::vector<Reason> reasons;
  for (std::size_t i = 0; i < sums.size(); ++i)
    if (std::abs(sums[i]) > 0.05)
      reasons.push_back({std::string(topic_names[i]),
                         evidence(static_cast<Topic>(i), candidate, context), sums[i]});
  if (candidate.doubt != Doubt::none)
    reasons.push_back({"doubt", doubt_in_words(candidate.doubt), -1.0});
  std::stable_sort(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) {
    return std::abs(a.contribution) > std::abs(b.contribution);
  });
  return reasons;
}

std::string why_not(const Candidate& first, const Candidate& other, const Destination& destination,
                    const Model& model) {
  const auto a = by_topic(first, model);
  const auto b = by_topic(other, model);
  std::size_t worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] - b[i] > a[worst] - b[worst]) worst = i;
  if (other.table != first.table && static_cast<Topic>(worst) == Topic::table)
    return fmt::format("{} is not the first table for these records",
                       destination.tables()[static_cast<std::size_t>(other.table)].object->name);
  switch (static_cast<Topic>(worst)) {
    case Topic::address:
      return "that place belongs to another address of this record";
    case Topic::kind:
      return "the type fits less well";
    case Topic::values:
      return "the values look less like it";
    case Topic::choices:
      return "the choices agree less";
    case Topic::target:
      return "it points elsewhere";
    case Topic::standing:
      if (value(first, Feature::only_claim_on_required) > 0.5)
        return "nobody must fill it, and the other column would stay empty";
      if (value(other, Feature::whole_name_beside_parts) + value(other, Feature::whole_name_alone) >
          0.5)
        return "it takes one part of a name only";
      return value(other, Feature::described) > 0.5 ? "less fits there than in the first choice"
                                                    : "a column people rarely fill";
    case Topic::lost:
      return lost_evidence(other);
    case Topic::rivals:
      return "other fields or columns fit it better";
    default:
      return "its meaning is further away";
  }
}

}  // namespace flit::automap
