#include "sim/interactive/folder/evaluator.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::uint64_t first_dangling = 900'000'000;

std::string piped(std::string value, const std::vector<std::string_view>& steps) {
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (steps[i] == "trim") value = std::string(text::trim(value));
    if (steps[i] == "lower") value = text::lower(value);
    if (steps[i] == "upper") value = text::upper(value);
    if (steps[i] == "slug") value = text::slug(value);
  }
  return value;
}

}  // namespace

Error row_error(const RowPlace& place, std::string message) {
  Error error{.fault = Fault::setup, .message = std::move(message)};
  if (place.input != nullptr)
    error.where = place.input->name() + " row " + std::to_string(place.row + 1);
  return error;
}

Result<MadeText> Evaluator::value(const ValueSpec& spec, const RowPlace& place) {
  FLIT_TRY(made, make(spec, place));
  auto changed = modified(std::move(made), spec);
  if (changed) return changed;
  Error error = row_error(place, changed.error().message);
  if (const std::string at = spec.at.text(); !at.empty()) error.where = at + ", " + error.where;
  return error;
}

Result<MadeText> Evaluator::make(const ValueSpec& spec, const RowPlace& place) {
  if (spec.constant) return MadeText(spec.constant->text);
  if (spec.row) return MadeText(std::to_string(*spec.row + place.number));
  if (spec.column) return cell(*spec.column, place);
  if (spec.pattern) return fill(*spec.pattern, place);
  if (spec.map) return look_up(*spec.map, place);
  if (spec.join) return join(*spec.join, place);
  if (spec.ref) return refer(*spec.ref, place);
  if (spec.owner) return owner(*spec.owner, place);
  if (spec.stage) return stage(*spec.stage, place);
  if (spec.self) return self(place);
  for (const ValueSpec& one : spec.first_of) {
    FLIT_TRY(made, value(one, place));
    if (made) return made;
  }
  return MadeText();
}

Result<MadeText> Evaluator::cell(std::string_view column, const RowPlace& place) const {
  if (place.input == nullptr) return row_error(place, "a literal has no columns");
  const auto at = place.input->column(column);
  if (!at) return row_error(place, "there is no column '" + std::string(column) + "'");
  const std::string_view text = place.input->cell(place.row, *at);
  return text.empty() ? MadeText() : MadeText(std::string(text));
}

Result<MadeText> Evaluator::fill(std::string_view pattern, const RowPlace& place) const {
  std::string out;
  bool any = false;
  bool columns = false;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    out.append(pattern.substr(0, open));
    if (open == pattern.npos) break;
    const auto close = pattern.find('}', open);
    if (close == pattern.npos) return row_error(place, "a '{' in a template is not closed");
    const auto steps = text::split(pattern.substr(open + 1, close - open - 1), "|");
    FLIT_TRY(made, cell(steps[0], place));
    columns = true;
    any |= made.has_value();
    out += piped(made.value_or(""), steps);
    pattern.remove_prefix(close + 1);
  }
  return columns && !any ? MadeText() : MadeText(std::move(out));
}

Result<MadeText> Evaluator::look_up(const MapMaker& maker, const RowPlace& place) const {
  const auto& entries = maker.columns.entries();
  if (entries.size() != 1 || !entries[0].value.is_map())
    return row_error(place, "map expects one column with its values");
  FLIT_TRY(made, cell(entries[0].key.text, place));
  if (made)
    if (const auto* found = entries[0].value.find(*made)) return MadeText(found->value.text());
  if (maker.fallback) return MadeText(maker.fallback->text);
  if (maker.missing.rule == Missing::keep) return made;
  if (maker.missing.rule == Missing::error && made)
    return row_error(place, "the map has no value for '" + *made + "'");
  return MadeText();
}

Result<MadeText> Evaluator::find(const Search& search, const std::string& text,
                                 const RowPlace& place) {
  const auto found = search.candidates.find(match_key(text, search.match));
  if (found != search.candidates.end()) {
    if (found->second.size() == 1 || search.on_many == OnMany::first)
      return MadeText(found->second.front());
    return row_error(place, "several " + search.what + " match '" + text + "'");
  }
  switch (search.missing) {
    case Missing::null:
      return MadeText();
    case Missing::keep:
      return MadeText(text);
    case Missing::dangling:
      return MadeText(std::to_string(first_dangling + ++dangling_));
    case Missing::error:
      break;
  }
  return row_error(place, "no " + search.what + " matches '" + text + "'");
}

Result<MadeText> Evaluator::join(const JoinMaker& maker, const RowPlace& place) {
  const auto input = inputs_.find(maker.input);
  if (input == inputs_.end()) return row_error(place, "there is no input '" + maker.input + "'");
  const auto to = input->second.column(maker.to);
  const auto take = input->second.column(maker.take);
  if (!to || !take)
    return row_error(place, maker.input + " has no column '" + (to ? maker.take : maker.to) + "'");
  FLIT_TRY(made, cell(maker.col, place));
  if (!made) return MadeText();
  const std::string key = "join " + maker.input + " " + maker.to + " " + maker.take +
                          std::to_string(static_cast<int>(maker.match));
  const auto [index, fresh] = indexes_.try_emplace(key);
  for (std::size_t row = 0; fresh && row < input->second.rows(); ++row)
    index->second[match_key(input->second.cell(row, *to), maker.match)].emplace_back(
        input->second.cell(row, *take));
  FLIT_TRY(taken, find({index->second, maker.match, maker.missing.rule, maker.on_many,
                        "row of " + maker.input},
                       *made, place));
  if (!taken || maker.as != "pipeline") return taken;
  for (const Pipeline& pipeline : data_.pipelines)
    if (pipeline.label == *taken) return MadeText(pipeline.id);
  return row_error(place, "there is no pipeline '" + *taken + "'");
}

Result<MadeText> Evaluator::refer(const RefMaker& maker, const RowPlace& place) {
  const auto records = records_.find(maker.object);
  if (records == records_.end() || records->second.input == nullptr)
    return row_error(place, "no rows make records of '" + maker.object + "'");
  const auto by = records->second.input->column(maker.by);
  if (!by) return row_error(place, "there is no column '" + maker.by + "'");
  FLIT_TRY(made, cell(maker.col, place));
  if (!made) return MadeText();
  const std::string key =
      "ref " + maker.object + " " + maker.by + std::to_string(static_cast<int>(maker.match));
  const auto [index, fresh] = indexes_.try_emplace(key);
  if (fresh)
    for (const auto& [row, id] : records->second.rows)
      index->second[match_key(records->second.input->cell(row, *by), maker.match)].push_back(
          std::to_string(id));
  return find({index->second, maker.match, maker.missing.rule, maker.on_many, maker.object}, *made,
              place);
}

Result<MadeText> Evaluator::owner(const OwnerMaker& maker, const RowPlace& place) {
  FLIT_TRY(made, cell(maker.col, place));
  if (!made) return MadeText();
  const std::string key = "owner " + std::to_string(static_cast<int>(maker.match));
  const auto [index, fresh] = indexes_.try_emplace(key);
  if (fresh)
    for (const Owner& one : data_.owners) {
      const std::string name(text::trim(one.first_name + " " + one.last_name));
      index->second[match_key(name, maker.match)].push_back(std::to_string(one.id));
    }
  return find({index->second, maker.match, maker.missing.rule, OnMany::error, "owner"}, *made,
              place);
}

MadeText Evaluator::stage_id(std::string_view pipeline, std::string_view label) const {
  const Pipeline* const found = data_.pipeline(pipeline);
  if (found == nullptr) return {};
  for (const Stage& stage : found->stages)
    if (stage.label == label) return stage.id;
  return {};
}

Result<MadeText> Evaluator::stage(const StageMaker& maker, const RowPlace& place) {
  const MadeText pipeline = place.property ? place.property(maker.pipeline) : MadeText();
  FLIT_TRY(label, value(*maker.label, place));
  if (!pipeline || !label) return MadeText();
  MadeText id = stage_id(*pipeline, *label);
  if (!id) return row_error(place, "pipeline " + *pipeline + " has no stage '" + *label + "'");
  return id;
}

Result<MadeText> Evaluator::self(const RowPlace& place) const {
  const auto records = records_.find(place.self);
  if (records == records_.end() || records->second.input != place.input)
    return row_error(place, "no record of '" + place.self + "' is made from these rows");
  const auto found = records->second.by_row.find(place.row);
  return found == records->second.by_row.end() ? MadeText()
                                               : MadeText(std::to_string(found->second));
}

Result<bool> Evaluator::holds(const Condition& condition, const RowPlace& place) const {
  if (condition.negated) {
    FLIT_TRY(inner, holds(*condition.negated, place));
    return !inner;
  }
  if (!condition.column) {
    const bool wants_all = !condition.all.empty();
    for (const Condition& one : wants_all ? condition.all : condition.any) {
      FLIT_TRY(held, holds(one, place));
      if (held != wants_all) return held;
    }
    return wants_all;
  }
  FLIT_TRY(made, cell(*condition.column, place));
  const std::string text = made.value_or("");
  if (condition.empty) return text.empty();
  if (condition.not_empty) return !text.empty();
  if (condition.equals) return text == condition.equals->text;
  return std::any_of(condition.in.begin(), condition.in.end(),
                     [&](const spec::ScalarText& one) { return one.text == text; });
}

}  // namespace flit::sim::interactive
