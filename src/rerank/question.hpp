#pragma once
/// @file What is asked about one source object, and the request that asks it.

#include <string>
#include <vector>

#include "rerank/rerank.hpp"

namespace flit::rerank {

/// One uncertain field; `number` is how question and answer name it.
struct Question {
  int number = 0;
  automap::FieldProposal* proposal = nullptr;
  const automap::Field* field = nullptr;
  std::vector<const automap::Field*> columns{};  ///< of the candidates that are shown, in order
};

/// The uncertain fields of `object`, in schema order.
std::vector<Question> questions_about(const automap::Object& object, automap::Proposal& proposal,
                                      const automap::Schema& destination, const Settings& settings);

/// A chat completion request, the same bytes for the same questions.
std::string request_for(const automap::Object& object, const std::vector<Question>& questions,
                        const Settings& settings);

/// Letters and digits replaced ("a.lund@x.example" → "x.xxxx@x.xxxxxxx"); at most 40 bytes.
std::string masked(std::string_view value);

}  // namespace flit::rerank
