#include "sim/salesforce/identity/sessions.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::int64_t idle_ms = 2LL * 60 * 60 * 1000;

}  // namespace

Sessions::Sessions(std::uint64_t seed, RecordId organization, RecordId user)
    : seed_(seed),
      organization_(organization),
      user_(user),
      lasting_(organization.text15() + "!flit") {
  state_.with([&](State& state) { state.refresh["flit"] = user; });
}

std::string Sessions::fresh(State& state, std::string_view kind) {
  return sha256_hex(fmt::format("{}/{}/{}", seed_, kind, ++state.given));
}

std::string Sessions::open(RecordId user, std::int64_t now_ms) {
  return state_.with([&](State& state) {
    std::string token = organization_.text15() + "!AQ" + fresh(state, "access");
    state.open[token] = {user, now_ms};
    return token;
  });
}

std::string Sessions::open_refresh(RecordId user) {
  return state_.with([&](State& state) {
    std::string token = "5Aep" + fresh(state, "refresh");
    state.refresh[token] = user;
    return token;
  });
}

std::optional<RecordId> Sessions::user_of(std::string_view access_token, std::int64_t now_ms) {
  if (access_token == lasting_) return user_;
  return state_.with([&](State& state) -> std::optional<RecordId> {
    const auto found = state.open.find(access_token);
    if (found == state.open.end()) return std::nullopt;
    if (found->second.used_ms + idle_ms <= now_ms) {
      state.open.erase(found);
      return std::nullopt;
    }
    found->second.used_ms = now_ms;
    return found->second.user;
  });
}

std::optional<RecordId> Sessions::refreshed(std::string_view refresh_token) const {
  return state_.with([&](const State& state) -> std::optional<RecordId> {
    const auto found = state.refresh.find(refresh_token);
    return found == state.refresh.end() ? std::nullopt : std::optional(found->second);
  });
}

void Sessions::revoke(std::string_view token) {
  state_.with([&](State& state) {
    if (const auto open = state.open.find(token); open != state.open.end()) state.open.erase(open);
    if (const auto kept = state.refresh.find(token); kept != state.refresh.end())
      state.refresh.erase(kept);
  });
}

void Sessions::clear() {
  state_.with([](State& state) { state.open.clear(); });
}

}  // namespace flit::sim::salesforce
