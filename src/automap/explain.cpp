#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "automap/reasons.hpp"

namespace flit::automap {

namespace {

std::string percent(double confidence) {
  return confidence > 0.994  ? "over 99 %"
         : confidence < 0.01 ? "under 1 %"
                             : fmt::format("{:.0f} %", confidence * 100.0);
}

void head(std::string& out, const FieldProposal& p) {
  const std::string name = p.object + "." + p.field;
  if (p.band == Band::decide) {
    out += fmt::format("{}: I would leave it unmapped. {}\n", name, p.refusal_text);
    if (!p.candidates.empty())
      out += fmt::format(
          "The closest column is {}.{}, and I would be right with it in {} of such cases.\n",
          p.candidates.front().table, p.candidates.front().column,
          percent(p.candidates.front().confidence));
    return;
  }
  out += fmt::format("{} -> {}.{}, {}: {}.\n", name, p.candidates.front().table,
                     p.candidates.front().column, percent(p.candidates.front().confidence),
                     p.band == Band::ready ? "ready, no second look needed" : "please check");
}

void reasons(std::string& out, const FieldProposal& p) {
  if (p.candidates.empty()) return;
  for (const bool speaks_for : {true, false}) {
    std::string list;
    for (const Reason& reason : p.candidates.front().reasons)
      if ((reason.contribution > 0) == speaks_for)
        list += fmt::format("  - {} ({:+.1f})\n", reason.evidence, reason.contribution);
    if (!list.empty())
      out += (speaks_for ? "What speaks for it:\n" : "What speaks against it:\n") + list;
  }
}

void consequences(std::string& out, const FieldProposal& p) {
  if (!p.contended_by.empty())
    out += fmt::format("The same column is filled by {}; two fields cannot both have it.\n",
                       p.contended_by);
  if (!p.conversion.empty() && p.band != Band::decide)
    out += fmt::format("Conversion: {}.\n", p.conversion);
  if (!p.warning.empty()) out += fmt::format("Mind: {}.\n", p.warning);
  if (!p.value_map.empty() && p.band != Band::decide) {
    out += "Values:\n";
    for (const ValuePair& pair : p.value_map)
      out += fmt::format("  {} -> {} ({})\n", pair.from,
                         pair.to ? (pair.to_label.empty() ? *pair.to : pair.to_label) : "(empty)",
                         pair.how);
  }
  if (p.new_column) {
    out += fmt::format("Proposed new column: {} \"{}\", {}", p.new_column->table,
                       p.new_column->label, p.new_column->type);
    if (p.new_column->length > 0) out += fmt::format(" of {} characters", p.new_column->length);
    if (!p.new_column->choices.empty())
      out += fmt::format(", {} choices", p.new_column->choices.size());
    out += fmt::format(" ({}).\n", p.new_column->why);
  }
}

}  // namespace

std::string refusal_reason(const Case& entry, const FieldTerms& field) {
  constexpr double clearly = 0.7;
  if (field.field->calculated) return "derived";
  if (field.own_key) return "record_key";
  return entry.homeless_similarity >= clearly ? entry.homeless_reason : "custom";
}

std::string refusal_sentence(const Decision& decision, const std::string& reason,
                             const std::string& contended_by) {
  const Case& entry = *decision.entry;
  const std::string close = entry.homeless_phrase.empty()
                                ? ""
                                : fmt::format(" (it reads like \"{}\")", entry.homeless_phrase);
  if (!contended_by.empty())
    return fmt::format("The column that fits is already filled by {}.", contended_by);
  if (!entry.readonly_twin.empty())
    return fmt::format("It would fit {}, which cannot be written.", entry.readonly_twin);
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
