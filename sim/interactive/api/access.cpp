#include "sim/interactive/api/access.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace flit::sim::interactive {

const std::vector<std::string>& all_scopes() {
  static const std::vector<std::string> scopes{
      "crm.read",       "crm.archived.read", "owners.read", "pipelines.read", "files.read",
      "workflows.read", "tags.read",         "legal.read",  "account.read"};
  return scopes;
}

TokenBook::TokenBook() {
  Token token{.value = "int_pat_0123456789abcdefghijklmnopqrstuv"};
  token.scopes.insert(all_scopes().begin(), all_scopes().end());
  tokens_.push_back(std::move(token));
}

Result<void> TokenBook::add(std::string_view text) {
  const auto colon = text.find(':');
  Token token{.value = std::string(text.substr(0, colon))};
  if (colon == text.npos) token.scopes.insert(all_scopes().begin(), all_scopes().end());
  const std::string_view words = colon == text.npos ? std::string_view() : text.substr(colon + 1);
  for (const std::string_view word : text::split(words, "+")) {
    if (word.empty()) continue;
    if (word.starts_with("hide=")) {
      token.hidden_owners.emplace(word.substr(5));
    } else if (std::find(all_scopes().begin(), all_scopes().end(), word) != all_scopes().end()) {
      token.scopes.emplace(word);
    } else {
      return Error{.fault = Fault::setup,
                   .message = "'" + std::string(word) + "' is no scope; there are " +
                              text::join(all_scopes(), ", "),
                   .where = "--token"};
    }
  }
  if (token.value.empty())
    return Error{.fault = Fault::setup, .message = "a token must not be empty", .where = "--token"};
  tokens_.push_back(std::move(token));
  return {};
}

Checked<const Token*> TokenBook::find(const Request& request) const {
  const auto header = request.headers.find("Authorization");
  if (!header) return refuse(401, "missing_token", "A bearer token is required.");
  const auto blank = header->find(' ');
  const std::string_view scheme = header->substr(0, blank);
  if (blank == header->npos || !text::equals_ascii_fold(scheme, "bearer"))
    return refuse(401, "invalid_token", "The Authorization header must be of the scheme Bearer.");
  const std::string_view value = text::trim(header->substr(blank + 1));
  const auto found = std::find_if(tokens_.begin(), tokens_.end(),
                                  [&](const Token& token) { return token.value == value; });
  if (found == tokens_.end()) return refuse(401, "invalid_token", "This token is not known.");
  if (found->expired) return refuse(401, "expired_token", "This token has expired.");
  return &*found;
}

Token* TokenBook::by_value(std::string_view value) {
  for (Token& token : tokens_)
    if (token.value == value || (value.empty() && &token == &tokens_.front())) return &token;
  return nullptr;
}

bool TokenBook::revoke(std::string_view token, std::string_view scope) {
  Token* const found = by_value(token);
  if (found == nullptr) return false;
  const auto held = found->scopes.find(scope);
  if (held == found->scopes.end()) return false;
  found->scopes.erase(held);
  return true;
}

bool TokenBook::expire(std::string_view token) {
  Token* const found = by_value(token);
  if (found == nullptr) return false;
  found->expired = true;
  return true;
}

}  // namespace flit::sim::interactive
