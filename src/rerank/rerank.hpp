#pragma once
/// @file A language model's opinion on what the proposer is unsure of.
///
/// One request for each source object: its uncertain fields with the candidates that the proposer
/// found, by name, label and type. The answer may put another candidate first, say "none", or send
/// a choice to another choice of the same column; it can invent nothing and raise no confidence.
/// Names and labels are foreign text: they travel as JSON data under instructions that say so, and
/// whatever comes back is checked as if an enemy had written it. What is malformed, unreachable or
/// over budget changes nothing but a note. Values of records are not sent unless allowed, and then
/// with letters and digits masked.

#include <string>
#include <vector>

#include "automap/proposal.hpp"
#include "automap/schema.hpp"
#include "base/result.hpp"

namespace flit::rerank {

/// Something that answers a chat completion request (OpenAI's protocol).
class Model {
 public:
  virtual ~Model() = default;

  /// The response's body for the request's body, both JSON.
  virtual Result<std::string> complete(const std::string& request) = 0;
};

struct Settings {
  std::string model = "default";  ///< its name at the endpoint
  double unsure_from = 0.2;       ///< confidences between these two are asked about
  double unsure_to = 0.97;
  int candidates = 5;    ///< shown for each field
  int requests = 50;     ///< the budget of one proposal
  bool samples = false;  ///< whether masked values may be sent
};

struct Reranked {
  automap::Proposal proposal{};
  std::vector<std::string> notes{};  ///< what was asked, changed, and what did not work
  int changed = 0;                   ///< fields with another first choice, or none any more
};

/// REQUIRES: `proposal` was made of these schemas, with Options::full_alternatives.
Reranked rerank(automap::Proposal proposal, const automap::Schema& source,
                const automap::Schema& destination, Model& model, const Settings& settings = {});

}  // namespace flit::rerank
