#include "automap/propose.hpp"

#include <algorithm>

#include "automap/conversion.hpp"
#include "automap/flat_row.hpp"
#include "automap/reasons.hpp"
#include "automap/value_map.hpp"

namespace flit::automap {

namespace {

std::string_view shape_name(Shape shape) {
  switch (shape) {
    case Shape::one_table:
      return "one table";
    case Shape::split:
      return "split";
    case Shape::flat_row:
      return "flat row";
  }
  return "one table";
}

Band band_of(double confidence, const Model& model, const Options& options) {
  if (confidence >= options.ready) return Band::ready;
  return confidence >= model.threshold ? Band::check : Band::decide;
}

class Writer {
 public:
  Writer(const std::vector<ObjectGuess>& guesses, const Destination& destination,
         const Lexicon& lexicon, const Model& model, const Options& options)
      : guesses_(guesses),
        destination_(destination),
        lexicon_(lexicon),
        model_(model),
        options_(options) {}

  ObjectProposal object(const ObjectGuess& guess) const {
    ObjectProposal result;
    result.object = guess.object->name;
    result.shape = std::string(shape_name(guess.shape));
    result.discriminator = guess.split.field;
    if (guess.shape == Shape::split) branch(guess, result);
    for (const TableGuess& table : guess.tables)
      result.tables.push_back(
          {destination_.tables()[static_cast<std::size_t>(table.table)].object->name,
           table.confidence});
    return result;
  }

  // Who leaves the rest, and for which table.
  void branch(const ObjectGuess& guess, ObjectProposal& result) const {
    Branch leaving;
    leaving.values = guess.split.values;
    const std::string_view apart = guess.split.by_party ? "account" : "lead";
    for (std::size_t i = 0; i < 2; ++i) {
      const TableTerms& table =
          destination_.tables()[static_cast<std::size_t>(guess.tables[i].table)];
      (table.key == apart ? leaving.table : result.rest) = table.object->name;
    }
    result.branches.push_back(std::move(leaving));
  }

  FieldProposal field(const Decision& decision, const std::vector<Decision>& all) const {
    FieldProposal proposal;
    const ObjectGuess& guess = guesses_[static_cast<std::size_t>(decision.entry->object)];
    proposal.object = guess.object->name;
    proposal.field = name_of(decision);
    proposal.band =
        decision.order.empty() ? Band::decide : band_of(decision.confidence, model_, options_);
    const auto kept = std::min<std::size_t>(decision.order.size(),
                                            static_cast<std::size_t>(options_.alternatives));
    const double first =
        decision.order.empty() ? 1.0 : std::max(decision.probability.front(), 1e-9);
    for (std::size_t i = 0; i < kept; ++i) {
      const Candidate& candidate = candidate_of(decision, i);
      const TableTerms& table = destination_.tables()[static_cast<std::size_t>(candidate.table)];
      Target target;
      target.table = table.object->name;
      target.column = table.columns[static_cast<std::size_t>(candidate.column)].field->name;
      // Alternatives share what the first choice leaves, in proportion to their probability.
      target.confidence =
          decision.confidence * (i == 0 ? 1.0 : std::min(0.999, decision.probability[i] / first));
      if (i == 0)
        target.reasons = reasons_for(*decision.entry, candidate, guesses_, destination_, model_);
      if (i > 0)
        target.why_not = why_not(candidate_of(decision, 0), candidate, destination_, model_);
      const bool elsewhere = candidate.table != candidate_of(decision, 0).table;
      if (i > 0 && (elsewhere || options_.full_alternatives)) complete(decision, candidate, target);
      proposal.candidates.push_back(std::move(target));
    }
    if (decision.contended_by >= 0)
      proposal.contended_by = name_of(all[static_cast<std::size_t>(decision.contended_by)]);
    if (kept > 0) fill_values(decision, proposal);
    if (proposal.band == Band::decide) refuse(decision, guess, proposal);
    return proposal;
  }

  std::vector<ValuePair> values_of(const Decision& decision, const Candidate& into) const {
    const ColumnTerms& column = destination_.tables()[static_cast<std::size_t>(into.table)]
                                    .columns[static_cast<std::size_t>(into.column)];
    const FieldTerms& field = terms_of_decision(decision);
    return map_values(*field.field, field.kind, *column.field, column.choice_key,
                      lexicon_.values());
  }

  void complete(const Decision& decision, const Candidate& into, Target& target) const {
    const ColumnTerms& column = destination_.tables()[static_cast<std::size_t>(into.table)]
                                    .columns[static_cast<std::size_t>(into.column)];
    target.value_map = values_of(decision, into);
    const Conversion conversion =
        choose_conversion(terms_of_decision(decision), column, into, target.value_map);
    target.conversion = conversion.name;
    target.warning = conversion.warning;
  }

  void fill_values(const Decision& decision, FieldProposal& proposal) const {
    Target first;
    complete(decision, candidate_of(decision, 0), first);
    proposal.value_map = std::move(first.value_map);
    proposal.conversion = std::move(first.conversion);
    proposal.warning = std::move(first.warning);
  }

  void refuse(const Decision& decision, const ObjectGuess& guess, FieldProposal& proposal) const {
    if (guess.split.by_party && guess.split.field == proposal.field) {
      proposal.refusal = "no_equivalent";
      proposal.refusal_text =
          "It says whether a record is a person or a company; that chooses the table, and needs no "
          "column.";
      return;
    }
    proposal.refusal = refusal_reason(*decision.entry, terms_of_decision(decision));
    proposal.refusal_text = refusal_sentence(decision, terms_of_decision(decision),
                                             proposal.refusal, proposal.contended_by);
    const auto& tables = guess.parts[static_cast<std::size_t>(decision.entry->part)].tables;
    if (!tables.empty() && decision.entry->readonly_twin.empty())
      proposal.new_column = propose_column(
          terms_of_decision(decision), proposal.refusal,
          destination_.tables()[static_cast<std::size_t>(tables.front().table)].object->name);
  }

 private:
  static const Candidate& candidate_of(const Decision& decision, std::size_t rank) {
    return decision.entry->candidates[static_cast<std::size_t>(decision.order[rank])];
  }

  const FieldTerms& terms_of_decision(const Decision& decision) const {
    const ObjectGuess& guess = guesses_[static_cast<std::size_t>(decision.entry->object)];
    return guess.parts[static_cast<std::size_t>(decision.entry->part)]
        .terms.fields[static_cast<std::size_t>(decision.entry->field)];
  }

  const std::string& name_of(const Decision& decision) const {
    const ObjectGuess& guess = guesses_[static_cast<std::size_t>(decision.entry->object)];
    return guess.parts[static_cast<std::size_t>(decision.entry->part)]
        .terms.fields[static_cast<std::size_t>(decision.entry->field)]
        .field->name;
  }

  const std::vector<ObjectGuess>& guesses_;
  const Destination& destination_;
  const Lexicon& lexicon_;
  const Model& model_;
  const Options& options_;
};

}  // namespace

ObjectByObject::ObjectByObject(std::vector<ObjectGuess> guesses, std::string system,
                               const Destination& destination, const Lexicon& lexicon,
                               const Model& model, const Options& options)
    : guesses_(std::move(guesses)),
      system_(std::move(system)),
      destination_(destination),
      lexicon_(lexicon),
      model_(model),
      options_(options) {}

ObjectByObject::ObjectByObject(const Schema& source, const Destination& destination,
                               const Lexicon& lexicon, const Model& model, const Options& options)
    : ObjectByObject(map_objects(source, destination, lexicon, Keep::tables), source.system,
                     destination, lexicon, model, options) {}

ObjectProposal ObjectByObject::object(std::size_t index) const {
  return Writer(guesses_, destination_, lexicon_, model_, options_).object(guesses_[index]);
}

std::vector<FieldProposal> ObjectByObject::fields(std::size_t index) {
  make_parts(guesses_[index], system_, destination_, lexicon_);
  std::vector<FieldProposal> fields = fields_of_parts(index);
  find_also(index);
  drop_fields(guesses_[index]);
  return fields;
}

/// What is embedded is judged as if it were the whole record.
void ObjectByObject::find_also(std::size_t index) {
  also_.clear();
  ObjectGuess& guess = guesses_[index];
  for (SourcePart& part : embedded_in(guesses_, index, destination_, lexicon_)) {
    const TableTerms& table =
        destination_.tables()[static_cast<std::size_t>(part.tables.front().table)];
    also_.push_back({guess.object->name, part.title, table.object->name, {}});
    std::vector<SourcePart> whole = std::exchange(guess.parts, {});
    guess.parts.push_back(std::move(part));
    also_.back().fields = fields_of_parts(index);
    guess.parts = std::move(whole);
  }
}

std::vector<FieldProposal> ObjectByObject::fields_of_parts(std::size_t index) {
  const Writer writer(guesses_, destination_, lexicon_, model_, options_);
  const std::vector<Case> cases = make_cases(guesses_, index, destination_, lexicon_);
  const std::vector<Decision> decisions = decide(cases, guesses_, model_);
  std::vector<FieldProposal> fields;
  fields.reserve(decisions.size());
  for (const Decision& decision : decisions) fields.push_back(writer.field(decision, decisions));
  return fields;
}

Proposal proposal_of(ObjectByObject objects, const Model& model) {
  Proposal proposal;
  proposal.threshold = model.threshold;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    proposal.objects.push_back(objects.object(i));
    for (FieldProposal& field : objects.fields(i)) proposal.fields.push_back(std::move(field));
    proposal.also.insert(proposal.also.end(), objects.also().begin(), objects.also().end());
  }
  return proposal;
}

Proposal propose(const Schema& source, const Schema& destination_schema, const Lexicon& lexicon,
                 const Model& model, const Options& options) {
  const Destination destination(destination_schema, lexicon);
  return proposal_of({source, destination, lexicon, model, options}, model);
}

}  // namespace flit::automap
