#pragma once
/// @file Bearer tokens: who hands them out, how long they hold, and one request for all lanes.
///
/// A source gives the current token and learns when one was refused. OAuthTokenSource asks a token
/// endpoint (RFC 6749, section 4.4; facts/dataverse.md §1, facts/salesforce.md §1.1): early, before
/// the old token ends; once, however many lanes want it; and not again at once after a failure
/// while the old token still holds. Waiting goes through the Executor, so it runs in simulation
/// too. Thread-safe. Tokens live in memory only.

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/executor.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/watched.hpp"
#include "http/transport.hpp"

namespace flit::http {

struct Token {
  Secret value{};
  std::uint64_t serial = 0;    ///< tells one token from the next
  std::string instance_url{};  ///< where to use it, if the platform says so (Salesforce)
};

class TokenSource {
 public:
  virtual ~TokenSource() = default;

  /// A token that should hold for a while yet. Blocks while it is being asked for.
  virtual Result<Token> token(std::stop_token stop) = 0;

  /// That token was answered with 401: do not give it again, if there is another to be had.
  virtual void refuse(const Token& token) = 0;
};

/// A token that a person made: a personal access token, an API key.
class FixedToken final : public TokenSource {
 public:
  explicit FixedToken(Secret value) : token_{.value = std::move(value)} {}
  Result<Token> token(std::stop_token) override { return token_; }
  void refuse(const Token&) override {}

 private:
  Token token_;
};

struct OAuthSettings {
  struct SecretField {
    std::string name;
    Secret value;
  };

  Url token_url{};
  form::Fields fields{};                      ///< grant_type and what is no secret
  std::vector<SecretField> secrets{};         ///< client_secret, assertion
  Duration margin = std::chrono::minutes(5);  ///< ask so long before the end; at most a fifth of a
                                              ///< token's life
  Duration assumed_life = std::chrono::minutes(10);         ///< where the endpoint does not say
  Duration pause_after_failure = std::chrono::seconds(30);  ///< while the old token still holds
  Deadlines deadlines{.first_byte = std::chrono::seconds(30), .total = std::chrono::seconds(60)};
};

/// An application that acts for itself. `scope` may be empty (Salesforce).
OAuthSettings client_credentials(Url token_url, std::string client_id, Secret client_secret,
                                 std::string scope);

class OAuthTokenSource final : public TokenSource {
 public:
  /// `transport` and `executor` outlive this.
  OAuthTokenSource(Transport& transport, Executor& executor, OAuthSettings settings);

  /// Fault::setup with the endpoint's own code when it does not know us.
  Result<Token> token(std::stop_token stop) override;
  void refuse(const Token& token) override;

 private:
  struct Granted {
    Token token;
    Duration life;
  };
  struct State {
    std::optional<Token> token;
    Tick ends_at{};              // of token
    Tick ask_at{};               // not before, while token holds
    bool is_asking = false;      // one lane is at the endpoint
    std::uint64_t answers = 0;   // how often one came back
    std::optional<Error> error;  // of the last answer
    std::uint64_t serial = 0;
  };
  struct Plan {
    enum class Step { use, ask, wait } step;
    Token token{};              // to use
    std::uint64_t answers = 0;  // wait for one more
  };

  Plan plan(State& state) const;
  Result<Token> ask(const std::stop_token& stop);
  Result<void> await_answer(std::uint64_t seen, const std::stop_token& stop);
  Result<Token> settle(Result<Granted> granted, Tick asked_at);
  Result<Granted> request_token(const std::stop_token& stop);
  Request request() const;

  Transport& transport_;
  Executor& executor_;
  OAuthSettings settings_;
  Watched<State> state_;
};

}  // namespace flit::http
