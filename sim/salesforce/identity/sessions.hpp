#pragma once
/// @file Tokens and whom they stand for (fact sheet §1).
///
/// A session ends two hours after its last call; the one of the start-up line does not. Refresh
/// tokens last until they are revoked; "flit" is one from the start, for clients that know no other
/// way in. Thread-safe.

#include <map>
#include <optional>
#include <string>

#include "base/sync.hpp"
#include "sim/salesforce/schema/record_id.hpp"

namespace flit::sim::salesforce {

class Sessions {
 public:
  Sessions(std::uint64_t seed, RecordId organization, RecordId user);

  /// A new access token: organization id of 15, "!", letters.
  std::string open(RecordId user, std::int64_t now_ms);
  std::string open_refresh(RecordId user);

  /// The user of a token; any call makes it last two more hours.
  std::optional<RecordId> user_of(std::string_view access_token, std::int64_t now_ms);
  std::optional<RecordId> refreshed(std::string_view refresh_token) const;

  /// Ends an access or refresh token; one that is not known is ended, too.
  void revoke(std::string_view token);
  /// Ends every session but the lasting one.
  void clear();

  const std::string& lasting() const { return lasting_; }

 private:
  struct Session {
    RecordId user{};
    std::int64_t used_ms = 0;
  };
  struct State {
    std::map<std::string, Session, std::less<>> open{};
    std::map<std::string, RecordId, std::less<>> refresh{};
    std::uint64_t given = 0;
  };
  std::string fresh(State& state, std::string_view kind);

  std::uint64_t seed_;
  RecordId organization_;
  RecordId user_;
  std::string lasting_;
  mutable Sync<State> state_;
};

}  // namespace flit::sim::salesforce
