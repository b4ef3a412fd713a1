#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "automap/reasons.hpp"

namespace flit::automap {

namespace {

// Rounded down, so that nothing looks surer than it is.
std::string percent(double confidence) {
  return confidence >= 0.99  ? "over 99 %"
         : confidence < 0.01 ? "under 1 %"
                             : fmt::format("{:.0f} %", std::floor(confidence * 100.0 + 1e-9));
}

void head(std::string& out, const FieldProposal& p) {
  const std::string name = p.object + "." + p.field;
  if (p.band == Band::decide) {
    out += fmt::format("{}: I would leave it unmapped. {}\n", name, p.refusal_text);
    if (!p.candidates.empty())
      out += fmt::format("The closest column is {}.{}; such a guess is right in {} of cases.\n",
                         p.candidates.front().table, p.candidates.front().column,
                         percent(p.candidates.front().confidence));
    return;
  }
  out += fmt::format("{} -> {}.{}: {}. Such proposals are right in {} of cases.\n", name,
                     p.candidates.front().table, p.candidates.front().column,
                     p.band == Band::ready ? "ready, no second look needed" : "please check",
                     percent(p.candidates.front().confidence));
}

void reasons(std::string& out, const FieldProposal& p) {
  if (p.candidates.empty()) return;
  for (const bool speaks_for : {true, false}) {
    std::string list;
    for (const Reason& reason : p.candidates.front().reasons)
      if ((reason.contribution > 0) == speaks_for) list += "  - " + reason.evidence + "\n";
    if (!list.empty())
      out += (speaks_for ? "What speaks for it, weightiest first:\n"
                         : "What speaks against it, weightiest first:\n") +
             list;
  }
}

std::string conversion_in_words(const std::string& name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> words{
      {{"lookup", "the record it names is looked up over there"},
       {"value_map", "each choice becomes one of the column's, as listed"},
       {"epoch_s", "seconds since 1970 become a moment"},
       {"epoch_ms", "milliseconds since 1970 become a moment"},
       {"date_only", "the moment becomes its day"},
       {"cents", "hundredths become whole units"},
       {"fraction_to_percent", "a share of 1 becomes per cent"},
       {"milliseconds", "milliseconds become minutes"},
       {"minutes", "minutes become seconds"},
       {"seconds", "seconds become minutes"},
       {"currency_str", "the amount is read out of its text"},
       {"concat", "it is appended to what another line puts there"},
       {"split_name", "the whole name is cut into first and last name"},
       {"domain_to_url", "the domain becomes a web address"}}};
  for (const auto& [known, sentence] : words)
    if (known == name) return std::string(sentence);
  return name;
}

void values(std::string& out, const std::vector<ValuePair>& pairs) {
  if (pairs.empty()) return;
  out += "Values:\n";
  for (const ValuePair& pair : pairs)
    out += fmt::format("  {} -> {} ({})\n", pair.from,
                       pair.to ? (pair.to_label.empty() ? *pair.to : pair.to_label) : "(empty)",
                       pair.how);
}

void on_the_way(std::string& out, const FieldProposal& p) {
  if (!p.conversion.empty())
    out += fmt::format("On the way: {}.\n", conversion_in_words(p.conversion));
  if (!p.warning.empty()) out += fmt::format("Mind: {}.\n", p.warning);
  values(out, p.value_map);
}

void consequences(std::string& out, const FieldProposal& p) {
  if (!p.contended_by.empty())
    out += fmt::format("{} wants the same column and has the better claim.\n", p.contended_by);
  if (p.band != Band::decide) on_the_way(out, p);
  if (!p.new_column) return;
  out += fmt::format("Proposed new column: {} \"{}\", {}", p.new_column->table, p.new_column->label,
                     p.new_column->type);
  if (p.new_column->length > 0) out += fmt::format(" of {} characters", p.new_column->length);
  if (!p.new_column->choices.empty())
    out += fmt::format(", {} choices", p.new_column->choices.size());
  out += fmt::format(" ({}).\n", p.new_column->why);
}

}  // namespace

std::string refusal_reason(const Case& entry, const FieldTerms& field) {
  constexpr double clearly = 0.7;
  if (field.field->calculated) return "derived";
  if (field.own_key) return "record_key";
  // What names another record is no key of its own.
  const bool names_another = !field.field->targets.empty() && entry.homeless_reason == "record_key";
  return entry.homeless_similarity >= clearly && !names_another ? entry.homeless_reason : "custom";
}

std::string refusal_sentence(const Decision& decision, const FieldTerms& field,
                             const std::string& reason, const std::string& contended_by) {
  constexpr double clearly = 0.7;
  constexpr double likely = 0.2;  // before anybody else claimed the column
  const Case& entry = *decision.entry;
  // What the field itself is called is no news.
  const bool tells = entry.homeless_similarity >= clearly && entry.homeless_reason == reason &&
                     !entry.homeless_phrase.empty() && entry.homeless_phrase != field.label_text &&
                     entry.homeless_phrase != field.name_text;
  const std::string close =
      tells ? fmt::format(" (it reads like \"{}\")", entry.homeless_phrase) : "";
  const bool fits =
      !decision.order.empty() && decision.probability.front() >= likely &&
      entry.candidates[static_cast<std::size_t>(decision.order.front())].similarity >= clearly;
  if (!contended_by.empty() && fits)
    return fmt::format("The column that fits is already filled by {}.", contended_by);
  if (fits && entry.candidates[static_cast<std::size_t>(decision.order.front())].doubt ==
                  Doubt::several_values)
    return "It holds several values at once and the column that fits takes one: keep all of them "
           "in a "
           "column of its own, and say by hand which is the first.";
  if (reason == "record_key" && !entry.readonly_twin.empty())
    return fmt::format(
        "It identifies the record in the source and belongs in the key map; {} is "
        "given by the destination.",
        entry.readonly_twin);
  if (!entry.readonly_twin.empty())
    return fmt::format("It would fit {}, which cannot be written.", entry.readonly_twin);
  if (reason == "derived" && !field.field->calculated)
    return "It reads like something that the source works out from other data" + close +
           "; if people enter it by hand, it deserves a column of its own.";
  if (reason == "derived")
    return "The source computes it from other data" + close + "; the destination computes its own.";
  if (reason == "record_key")
    return "It identifies the record in the source" + close +
           "; it belongs in the key map, not in a column.";
  if (reason == "system") return "It belongs to the workings of the source" + close + ".";
  if (reason == "binary")
    return "It is a file or a picture" + close + "; files move on their own path.";
  if (reason == "no_equivalent")
    return "The destination has nothing that corresponds" + close + ".";
  return "It is real data without a standard column" + close + "; a column of its own keeps it.";
}

std::string explain(const FieldProposal& proposal) {
  std::string out;
  head(out, proposal);
  reasons(out, proposal);
  consequences(out, proposal);
  if (proposal.candidates.size() > 1) {
    out += "Other possibilities:\n";
    for (std::size_t i = 1; i < std::min<std::size_t>(proposal.candidates.size(), 4); ++i)
      out += fmt::format("  - {}.{} ({}): {}\n", proposal.candidates[i].table,
                         proposal.candidates[i].column, percent(proposal.candidates[i].confidence),
                         proposal.candidates[i].why_not);
  }
  return out;
}

}  // namespace flit::automap
