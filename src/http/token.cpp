#include "http/token.hpp"

#include <algorithm>
#include <utility>

#include "http/fault.hpp"
#include "http/token_answer.hpp"

namespace flit::http {

OAuthSettings client_credentials(Url token_url, std::string client_id, Secret client_secret,
                                 std::string scope) {
  OAuthSettings settings{.token_url = std::move(token_url)};
  settings.fields = {{"grant_type", "client_credentials"}, {"client_id", std::move(client_id)}};
  if (!scope.empty()) settings.fields.push_back({"scope", std::move(scope)});
  settings.secrets.push_back({"client_secret", std::move(client_secret)});
  return settings;
}

OAuthTokenSource::OAuthTokenSource(Transport& transport, Executor& executor, OAuthSettings settings)
    : transport_(transport),
      executor_(executor),
      settings_(std::move(settings)),
      state_(executor, "token") {}

Result<Token> OAuthTokenSource::token(std::stop_token stop) {
  while (true) {
    Plan next = state_.change([this](State& state) { return plan(state); });
    switch (next.step) {
      case Plan::Step::use:
        return std::move(next.token);
      case Plan::Step::ask:
        return ask(stop);
      case Plan::Step::wait:
        FLIT_TRY_VOID(await_answer(next.answers, stop));
        break;
    }
  }
}

OAuthTokenSource::Plan OAuthTokenSource::plan(State& state) const {
  const Tick now = executor_.clock().tick();
  const bool holds = state.token && now < state.ends_at;
  if (holds && (now < state.ask_at || state.is_asking))
    return {.step = Plan::Step::use, .token = *state.token};
  if (state.is_asking) return {.step = Plan::Step::wait, .answers = state.answers};
  state.is_asking = true;
  return {.step = Plan::Step::ask};
}

Result<Token> OAuthTokenSource::ask(const std::stop_token& stop) {
  const Tick asked_at = executor_.clock().tick();
  try {
    return settle(request_token(stop), asked_at);
  } catch (...) {  // a bug or a simulated crash below: whoever waits must not wait for ever
    state_.change([](State& state) { state.is_asking = false; });
    throw;
  }
}

/// Lanes that come while one asks share its answer, a failure too: fifty lanes asking one after the
/// other would only make an endpoint's bad moment worse.
Result<void> OAuthTokenSource::await_answer(std::uint64_t seen, const std::stop_token& stop) {
  std::optional<Error> error;
  const Woken woken = state_.when(
      "a token", {stop},
      [seen](const State& state) { return !state.is_asking || state.answers != seen; },
      [&](State& state) {
        if (state.answers != seen) error = state.error;
      });
  if (woken != Woken::ready) return error_of(Failure::cancelled, Phase::unsent, request());
  if (error) return std::move(*error);
  return {};
}

Result<Token> OAuthTokenSource::settle(Result<Granted> granted, Tick asked_at) {
  const Tick now = executor_.clock().tick();
  return state_.change([&](State& state) -> Result<Token> {
    state.is_asking = false;
    ++state.answers;
    state.error.reset();
    if (granted) {
      const Duration margin = std::min(settings_.margin, granted->life / 5);
      state.token = std::move(granted->token);
      state.token->serial = ++state.serial;
      state.ends_at = asked_at + granted->life;
      state.ask_at = state.ends_at - margin;
      return *state.token;
    }
    if (state.token && now < state.ends_at) {
      state.ask_at = now + settings_.pause_after_failure;
      return *state.token;
    }
    // A lane that was stopped says nothing about the endpoint: the others ask again.
    if (granted.error().fault != Fault::cancelled) state.error = granted.error();
    return std::move(granted).error();
  });
}

Result<OAuthTokenSource::Granted> OAuthTokenSource::request_token(const std::stop_token& stop) {
  const Request asked = request();
  FLIT_TRY(response, transport_.send(asked, stop));
  FLIT_TRY(answer, read_token_answer(asked, response, executor_.clock().now()));
  const Duration life = answer.expires_in ? Duration(*answer.expires_in) : settings_.assumed_life;
  return Granted{
      {.value = std::move(answer.access_token), .instance_url = std::move(answer.instance_url)},
      life};
}

Request OAuthTokenSource::request() const {
  form::Fields fields = settings_.fields;
  for (const OAuthSettings::SecretField& secret : settings_.secrets)
    fields.push_back({secret.name, secret.value.reveal()});
  return {.method = Method::post,
          .url = settings_.token_url,
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                      {"Accept", "application/json"}},
          .body = form::encode(fields),
          .effect = Effect::read,
          .deadlines = settings_.deadlines,
          .max_body = std::uint64_t{1} << 20U};
}

void OAuthTokenSource::refuse(const Token& token) {
  state_.change([&](State& state) {
    if (state.token && state.token->serial == token.serial) state.token.reset();
  });
}

}  // namespace flit::http
