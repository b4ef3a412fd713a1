#include "destinations/dataverse/dependent_reader.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/uuid.hpp"
#include "destinations/dataverse/answer.hpp"

namespace flit::destinations::dataverse {
namespace {

using Sink = std::function<Result<void>(const model::Dependent&)>;

constexpr std::size_t questions_per_batch = 50;

/// One relationship to ask about.
struct Question {
  model::Relationship link;
  SetName child;
};

std::vector<Question> questions_of(std::span<const model::Relationship> links,
                                   const SetNames& sets) {
  std::vector<Question> questions;
  for (const model::Relationship& link : links) {
    const bool matters =
        link.on_delete == model::Cascade::cascade || link.on_delete == model::Cascade::restrict;
    const auto set = sets.find(link.child);
    if (!matters || link.child == "activitypointer" || set == sets.end() || set->second.set.empty())
      continue;
    questions.push_back({link, set->second});
  }
  return questions;
}

Operation ask(const Question& question, const std::string& parent) {
  return {.target = fmt::format("{}?$select={}&$filter=_{}_value%20eq%20{}", question.child.set,
                                question.child.primary_id, question.link.field, parent)};
}

bool has_no_such_method(const Refusal& refusal) {
  return refusal.meaning == Meaning::no_such_method || refusal.status == 405 ||
         refusal.status == 501;
}

Result<void> hand_over(json::Value rows, const Question& question, const Sink& sink) {
  for (const json::Value row : rows.elements()) {
    model::Dependent found;
    found.child = {question.link.child,
                   text::ascii_lower(row[question.child.primary_id].string_or(""))};
    found.relationship = question.link.name;
    found.on_delete = question.link.on_delete;
    FLIT_TRY_VOID(sink(found));
  }
  return {};
}

/// The pages behind the first.
Result<void> read_on(const WebApi& api, std::string link, const Question& question,
                     const Sink& sink, std::stop_token stop) {
  while (!link.empty()) {
    FLIT_TRY(url, api.link(link));
    FLIT_TRY(response, api.get(url, stop));
    FLIT_TRY(document, json_of(response));
    FLIT_TRY_VOID(hand_over(document.root()["value"], question, sink));
    link = document.root()["@odata.nextLink"].string_or("");
  }
  return {};
}

}  // namespace

Result<void> DependentReader::dependents(const model::TargetId& parent, const Sink& sink,
                                         std::stop_token stop) {
  FLIT_TRY(id, Uuid::parse(parent.id));
  FLIT_TRY(links, metadata_.children(parent.table, stop));
  FLIT_TRY(sets, metadata_.set_names(stop));
  const auto questions = questions_of(links, *sets);
  for (std::size_t at = 0; at < questions.size(); at += questions_per_batch) {
    const std::size_t count = std::min(questions_per_batch, questions.size() - at);
    std::vector<Operation> reads;
    for (std::size_t i = 0; i < count; ++i) reads.push_back(ask(questions[at + i], id.text()));
    FLIT_TRY(answer, api_.batch(reads, http::Effect::read, stop));
    if (answer.parts.size() < count)
      return Error{.fault = Fault::transient, .message = "a batch of reads was answered in part"};
    for (std::size_t i = 0; i < count; ++i) {
      const Question& question = questions[at + i];
      const auto& part = answer.parts[i];
      auto refusal = refusal_of(part, http::Effect::read, question.link.name, api_.now());
      if (refusal && has_no_such_method(*refusal)) continue;
      if (refusal) return std::move(refusal->error);
      FLIT_TRY(document, json_of(part));
      FLIT_TRY_VOID(hand_over(document.root()["value"], question, sink));
      FLIT_TRY_VOID(read_on(api_, std::string(document.root()["@odata.nextLink"].string_or("")),
                            question, sink, stop));
    }
  }
  return {};
}

}  // namespace flit::destinations::dataverse
