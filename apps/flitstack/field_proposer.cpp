#include "apps/flitstack/field_proposer.hpp"

#include "automap/adapt.hpp"
#include "automap/propose.hpp"
#include "automap/rule_draft.hpp"
#include "automap/shipped.hpp"

namespace flit::app {
namespace {

using engine::FieldSuggestion;

class Proposer final : public engine::FieldProposer {
 public:
  Proposer(const model::Schema& source, const model::Schema& destination)
      : source_(source),
        destination_(destination),
        proposal_(automap::propose(automap::adapt(source), automap::adapt(destination),
                                   automap::shipped_lexicon(), automap::shipped_model())) {}

  std::map<std::string, FieldSuggestion> propose(
      const model::Object& object, const std::vector<std::string>& tables) const override {
    std::map<std::string, FieldSuggestion> suggestions;
    for (const automap::FieldProposal& field : proposal_.fields) {
      const model::Field* known =
          field.object == object.name ? object.find_field(field.field) : nullptr;
      if (known != nullptr) suggestions[field.field] = suggestion(field, *known, tables);
    }
    return suggestions;
  }

 private:
  FieldSuggestion suggestion(const automap::FieldProposal& field, const model::Field& source,
                             const std::vector<std::string>& tables) const {
    FieldSuggestion said;
    said.why = automap::rationale_of(field);
    if (field.band == automap::Band::decide || field.candidates.empty()) {
      said.why.reason = field.refusal_text;
      return said;
    }
    for (const std::string& name : tables) {
      const model::Object* table = destination_.find_object(name);
      const auto target = table == nullptr ? std::nullopt : automap::target_on(field, *table);
      if (!target) continue;
      const automap::TableDraft draft = automap::draft_for_table(field, *target, source, *table);
      // What gives up distinctions, or the engine cannot convert, is better kept as it is.
      if (draft.loses || !draft.rule) continue;
      said.column = draft.rule->to;
      said.convert = draft.rule->convert;
      said.values = draft.rule->values;
      return said;
    }
    return said;
  }

  const model::Schema& source_;
  const model::Schema& destination_;
  automap::Proposal proposal_;
};

}  // namespace

std::unique_ptr<engine::FieldProposer> make_field_proposer(const model::Schema& source,
                                                           const model::Schema& destination) {
  return std::make_unique<Proposer>(source, destination);
}

}  // namespace flit::app
