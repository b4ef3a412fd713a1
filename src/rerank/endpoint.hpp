#pragma once
/// @file An endpoint that speaks OpenAI's chat completion protocol, hosted or on one's own machine.

#include <optional>

#include "base/secret.hpp"
#include "http/transport.hpp"
#include "http/url.hpp"
#include "rerank/rerank.hpp"

namespace flit::rerank {

class Endpoint final : public Model {
 public:
  /// `base` is what stands before /chat/completions ("http://127.0.0.1:8080/v1").
  Endpoint(http::Transport& transport, http::Url base, std::optional<Secret> token);

  /// One POST, no retry: a proposal can wait for nobody.
  Result<std::string> complete(const std::string& request) override;

 private:
  http::Transport& transport_;
  http::Url base_;
  std::optional<Secret> token_;
};

}  // namespace flit::rerank
