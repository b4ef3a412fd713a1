#include "rerank/answer.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/json_reader.hpp"

namespace flit::rerank {

namespace {

constexpr double below_every_threshold = 0.45;

Error malformed(std::string what) {
  return {.fault = Fault::permanent, .message = "the answer is not usable: " + std::move(what)};
}

// "```json … ```", as many models write although they were asked not to.
std::string_view without_fence(std::string_view text) {
  const std::size_t open = text.find('{');
  const std::size_t close = text.rfind('}');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return text;
  return text.substr(open, close - open + 1);
}

std::string printable(std::string_view text) {
  constexpr std::size_t longest = 120;
  std::string result;
  for (const char c : text.substr(0, longest))
    result += c >= 0x20 && c < 0x7F && c != '"' ? c : ' ';
  return result;
}

// A number, or null for "none".
bool read_choice(json::Value value, std::optional<int>& choice) {
  if (value.is_null()) {
    choice.reset();
    return true;
  }
  const auto number = value.as_integer();
  if (!number || *number < 0 || *number > 1000) return false;
  choice = static_cast<int>(*number);
  return true;
}

Result<Answer> read_answer(json::Value value) {
  const auto field = value["field"].as_integer();
  if (!field || *field < 0 || *field > 100000) return malformed("an answer names no field");
  Answer answer;
  answer.field = static_cast<int>(*field);
  if (!value["pick"].exists() || !read_choice(value["pick"], answer.pick))
    return malformed(fmt::format("field {} has no pick", answer.field));
  answer.reason = printable(value["reason"].string_or(""));
  for (const auto& [from, to] : value["values"].members()) {
    std::optional<int> choice;
    if (!read_choice(to, choice)) return malformed("a value goes to something that is no number");
    answer.values.emplace_back(std::string(from), choice);
  }
  return answer;
}

// The picked candidate comes first; confidences stay with the ranks, so none is raised.
void put_first(automap::FieldProposal& proposal, std::size_t pick) {
  std::vector<double> confidences;
  for (const automap::Target& target : proposal.candidates)
    confidences.push_back(target.confidence);
  automap::Target& first = proposal.candidates.front();
  std::swap(first.value_map, proposal.value_map);
  std::swap(first.conversion, proposal.conversion);
  std::swap(first.warning, proposal.warning);
  first.why_not = "a language model preferred another candidate";
  std::rotate(proposal.candidates.begin(),
              proposal.candidates.begin() + static_cast<std::ptrdiff_t>(pick),
              proposal.candidates.begin() + static_cast<std::ptrdiff_t>(pick) + 1);
  automap::Target& chosen = proposal.candidates.front();
  std::swap(chosen.value_map, proposal.value_map);
  std::swap(chosen.conversion, proposal.conversion);
  std::swap(chosen.warning, proposal.warning);
  chosen.why_not.clear();
  for (std::size_t i = 0; i < confidences.size(); ++i)
    proposal.candidates[i].confidence = confidences[i];
}

// Leads a value to a choice, null for none; false when that is where it went before.
bool lead(automap::ValuePair& pair, const automap::Choice* to) {
  const std::optional<std::string> value =
      to == nullptr ? std::nullopt : std::optional(to->value.empty() ? to->label : to->value);
  if (value == pair.to) return false;
  pair.to = value;
  pair.to_label = to == nullptr ? "" : to->label;
  pair.how = "language model";
  return true;
}

bool correct_values(const Answer& answer, automap::FieldProposal& proposal,
                    const automap::Field& column) {
  bool changed = false;
  for (const auto& [from, choice] : answer.values) {
    if (choice && static_cast<std::size_t>(*choice) >= column.choices.size()) continue;
    const automap::Choice* to =
        choice ? &column.choices[static_cast<std::size_t>(*choice)] : nullptr;
    for (automap::ValuePair& pair : proposal.value_map)
      if (pair.from == from && lead(pair, to)) changed = true;
  }
  return changed;
}

}  // namespace

Result<std::vector<Answer>> read_answers(const std::string& response) {
  json::Document document;
  FLIT_TRY(root, document.read(response));
  std::string_view content;
  for (const json::Value choice : root["choices"].elements()) {
    content = choice["message"]["content"].string_or("");
    break;
  }
  if (content.empty()) return malformed("it has no message");
  json::Document inner;
  const std::string text(without_fence(content));
  FLIT_TRY(said, inner.read(text));
  if (!said["answers"].is_array()) return malformed("it has no list of answers");
  std::vector<Answer> answers;
  std::set<int> seen;
  for (const json::Value value : said["answers"].elements()) {
    FLIT_TRY(answer, read_answer(value));
    if (!seen.insert(answer.field).second) return malformed("it answers a field twice");
    answers.push_back(std::move(answer));
  }
  return answers;
}

bool apply(const Answer& answer, const std::vector<Question>& questions, double threshold) {
  const auto index = static_cast<std::size_t>(answer.field);
  if (index >= questions.size()) return false;
  const Question& question = questions[index];
  automap::FieldProposal& proposal = *question.proposal;
  if (answer.pick && static_cast<std::size_t>(*answer.pick) >= question.columns.size())
    return false;
  if (!answer.pick) {
    automap::Target& first = proposal.candidates.front();
    if (first.confidence < threshold) return false;
    first.confidence = std::min(first.confidence, below_every_threshold);
    proposal.band = automap::Band::decide;
    proposal.refusal = proposal.refusal.empty() ? "custom" : proposal.refusal;
    proposal.refusal_text =
        "A language model found no candidate that means the same: " + answer.reason;
    return true;
  }
  const auto pick = static_cast<std::size_t>(*answer.pick);
  if (pick > 0) put_first(proposal, pick);
  const bool corrected = correct_values(answer, proposal, *question.columns[pick]);
  if (pick > 0 || corrected)
    proposal.candidates.front().reasons.push_back(
        {"language model", "a language model chose it: \"" + answer.reason + "\"", 0.0});
  return pick > 0 || corrected;
}

}  // namespace flit::rerank
