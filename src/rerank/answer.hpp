#pragma once
/// @file What came back: read strictly, then carried out where the question allows it.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rerank/question.hpp"

namespace flit::rerank {

struct Answer {
  int field = 0;
  std::optional<int> pick{};  ///< none: no candidate means the same
  std::string reason{};       ///< the model's words, printable, at most 120 bytes
  std::vector<std::pair<std::string, std::optional<int>>> values{};
};

/// The answers in a chat completion response. Fault::permanent with what is wrong: not JSON, no
/// message, no answers, a number that is none. A fence around the JSON is taken off.
Result<std::vector<Answer>> read_answers(const std::string& response);

/// Carries one answer out. False, and nothing changed, when it names a field, candidate or choice
/// that was not asked about, or agrees with what stands.
bool apply(const Answer& answer, const std::vector<Question>& questions, double threshold);

}  // namespace flit::rerank
