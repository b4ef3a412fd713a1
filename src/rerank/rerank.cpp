#include "rerank/rerank.hpp"

#include <fmt/core.h>

#include "rerank/answer.hpp"

namespace flit::rerank {

Reranked rerank(automap::Proposal proposal, const automap::Schema& source,
                const automap::Schema& destination, Model& model, const Settings& settings) {
  Reranked result;
  result.proposal = std::move(proposal);
  int requests = 0;
  for (const automap::Object& object : source.objects) {
    const auto questions = questions_about(object, result.proposal, destination, settings);
    if (questions.empty()) continue;
    if (requests++ == settings.requests) {
      result.notes.push_back(fmt::format("{} requests are used up: from {} on nothing was asked",
                                         settings.requests, object.name));
      break;
    }
    const auto response = model.complete(request_for(object, questions, settings));
    if (!response) {
      result.notes.push_back(fmt::format("{}: {}", object.name, response.error().message));
      continue;
    }
    const auto answers = read_answers(*response);
    if (!answers) {
      result.notes.push_back(fmt::format("{}: {}", object.name, answers.error().message));
      continue;
    }
    int changed = 0;
    for (const Answer& answer : *answers)
      changed += apply(answer, questions, result.proposal.threshold) ? 1 : 0;
    result.notes.push_back(fmt::format("{}: {} uncertain fields asked about, {} changed",
                                       object.name, questions.size(), changed));
    result.changed += changed;
  }
  return result;
}

}  // namespace flit::rerank
