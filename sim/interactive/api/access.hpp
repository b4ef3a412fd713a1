#pragma once
/// @file Who may read what: bearer tokens and their scopes (facts/sources.md §1.1).
///
/// Not thread-safe to change: the simulator's lock guards it.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/base/request.hpp"
#include "sim/interactive/api/api_error.hpp"

namespace flit::sim::interactive {

struct Token {
  std::string value;
  std::string name = "migration";
  std::set<std::string, std::less<>> scopes{};
  std::set<std::string, std::less<>> hidden_owners{};  ///< their records it may not see
  bool expired = false;

  std::vector<std::string> scope_list() const { return {scopes.begin(), scopes.end()}; }
};

/// The nine scopes there are.
const std::vector<std::string>& all_scopes();

class TokenBook {
 public:
  /// With the token of the start-up line, which has all scopes.
  TokenBook();

  const std::string& default_token() const { return tokens_.front().value; }

  /// "TOKEN", "TOKEN:scope+scope"; a word "hide=31" beside the scopes hides that owner's records.
  /// Fault::setup for an unknown scope.
  Result<void> add(std::string_view text);

  Checked<const Token*> find(const Request& request) const;

  /// False when no such token or scope is there.
  bool revoke(std::string_view token, std::string_view scope);
  bool expire(std::string_view token);

 private:
  Token* by_value(std::string_view value);
  std::vector<Token> tokens_;
};

}  // namespace flit::sim::interactive
