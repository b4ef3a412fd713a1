#pragma once
/// @file Asks the source: builds requests from the pack, reads answers, says what went wrong.
///
/// Only GETs; each asks once. Credentials go to the pack's own address and nowhere else. Discovery
/// needs dozens of answers that rarely change, so these can be remembered: when the engine repeats
/// a call that a limit ended half way, it goes on where it stood. Thread-safe.

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/sync.hpp"
#include "http/transport.hpp"
#include "http/url.hpp"
#include "sources/rest/answers.hpp"
#include "sources/rest/spec.hpp"

namespace flit::sources::rest {

class Caller {
 public:
  /// `transport`, `clock` and `spec` outlive this.
  Caller(http::Transport& transport, const Clock& clock, const RestSpec& spec, http::Url base,
         Secret credential);

  /// `path` is encoded already and may bring a query of its own; `query` is encoded here.
  http::Request request(std::string_view path, const Query& query) const;

  /// Whatever was answered, refusals too, its body read if it is JSON.
  Result<Heard> hear(const http::Request& request, std::stop_token stop);

  /// A success with a JSON body, or what is wrong.
  Result<Heard> ask(std::string_view path, const Query& query, std::stop_token stop);

  /// The same, from memory if it was asked before and not forgotten since.
  Result<json::Document> ask_once(std::string_view path, const Query& query, std::stop_token stop);
  void forget();

  /// What a refusal means, if `heard` is one.
  std::optional<Error> refusal(const http::Request& request, const Heard& heard) const;

 private:
  http::Transport& transport_;
  const Clock& clock_;
  const RestSpec& spec_;
  http::Url base_;
  Secret credential_;
  Sync<std::map<std::string, std::string>> remembered_;  // by target: the body
};

}  // namespace flit::sources::rest
