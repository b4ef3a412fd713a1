#include "packs/quality.hpp"

namespace flit::packs {
namespace {

template <typename Rule>
void add_head(spec::Spec<Rule>& spec) {
  spec.field(&Rule::code, "code", "The code of its findings.").required();
  spec.field(&Rule::object, "object", "Whose records are asked.").required();
}

}  // namespace

void describe(spec::Spec<SharedValueRule>& spec) {
  spec.named("shared", "Records that share an e-mail address.");
  add_head(spec);
  spec.field(&SharedValueRule::fields, "fields", "Where addresses stand.").required();
}

void describe(spec::Spec<ConditionRule>& spec) {
  spec.named("condition", "Records for which a condition holds.");
  add_head(spec);
  spec.field(&ConditionRule::when, "when", "The condition; {currency} is the account's.")
      .required();
}

void describe(spec::Spec<ListedRule>& spec) {
  spec.named("listed", "Records that name something that is in no such list.");
  add_head(spec);
  spec.field(&ListedRule::field, "field", "The field that names it.").required();
  spec.field(&ListedRule::list, "list", "The list that should have it.").required();
  spec.field(&ListedRule::lacks, "lacks", "What its record there leaves empty.");
  spec.field(&ListedRule::about, "about", "The object under which findings are listed.");
  spec.field(&ListedRule::about_field, "about_field", "The field with that object's id.");
}

void describe(spec::Spec<LinkedRule>& spec) {
  spec.named("linked", "Records without any link.");
  add_head(spec);
  spec.field(&LinkedRule::association, "association", "The link.").required();
}

void describe(spec::Spec<PairRule>& spec) {
  spec.named("pair", "Records that pair two others.");
  spec.field(&PairRule::name, "name", "Under it the pairs are kept.").required();
  spec.field(&PairRule::code, "code", "The code of pairs that cannot be linked.");
  spec.field(&PairRule::object, "object", "Whose records pair.").required();
  spec.field(&PairRule::when, "when", "Which records pair at all.").required();
  spec.field(&PairRule::fields, "fields", "The two fields.").required();
  spec.field(&PairRule::of, "of", "The object that they name.").required();
}

void describe(spec::Spec<PictureRule>& spec) {
  spec.named("pictures", "Where pictures inside rich text come from.");
  spec.field(&PictureRule::list, "list", "The list of files.").required();
  spec.field(&PictureRule::content_id, "content_id", "The file's field that cid: names.");
}

void describe(spec::Spec<QualityRules>& spec) {
  spec.named("quality", "What is asked of the source's data, beyond what its schema says.");
  spec.field(&QualityRules::shared, "shared", "Values that records share.");
  spec.field(&QualityRules::conditions, "conditions", "Conditions that records fulfil.");
  spec.field(&QualityRules::listed, "listed", "Values that should be in a list.");
  spec.field(&QualityRules::linked, "linked", "Links that records should have.");
  spec.field(&QualityRules::pairs, "pairs", "Pairs that should be linked.");
  spec.field(&QualityRules::pictures, "pictures", "Pictures inside rich text.");
}

}  // namespace flit::packs
