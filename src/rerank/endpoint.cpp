#include "rerank/endpoint.hpp"

#include <fmt/core.h>

#include "http/request.hpp"
#include "http/response.hpp"

namespace flit::rerank {

Endpoint::Endpoint(http::Transport& transport, http::Url base, std::optional<Secret> token)
    : transport_(transport), base_(std::move(base)), token_(std::move(token)) {}

Result<std::string> Endpoint::complete(const std::string& body) {
  constexpr std::uint64_t largest_answer = 4U << 20U;
  http::Request request;
  request.method = http::Method::post;
  request.url = base_;
  request.url.append_path("chat/completions");
  request.headers.set("Content-Type", "application/json").set("Accept", "application/json");
  if (token_) request.headers.set("Authorization", "Bearer " + token_->reveal());
  request.body = body;
  request.effect = http::Effect::read;
  request.max_body = largest_answer;
  request.deadlines.total = std::chrono::minutes(2);
  FLIT_TRY(response, transport_.send(request, {}));
  if (!response.is_success())
    return Error{.fault = Fault::permanent,
                 .message = fmt::format("{} answered {}", request.url.shown(), response.status)};
  return std::move(response.body);
}

}  // namespace flit::rerank
