#pragma once
/// @file The daily request entitlement: what counts, how much is used, how much is allowed.
///
/// Fact sheet §8: 40,000 a day for each paid user licence; users without one (applications) share a
/// pool of 500,000 + 5,000 per licence, at most 10,000,000. Creates, updates, deletes and retrieves
/// count, each row of a bulk message and batch; log-ins and reads of metadata do not. The platform
/// does not enforce it, so nothing is refused here: the statistics tell. Thread-safe.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>

#include "base/sync.hpp"
#include "base/uuid.hpp"

namespace flit::sim::dataverse {

/// The last 24 hours, by the hour.
class LastDay {
 public:
  void add(std::int64_t hour, std::uint64_t amount) {
    if (hours_.empty() || hours_.back().first != hour) hours_.emplace_back(hour, 0);
    hours_.back().second += amount;
    while (hours_.front().first <= hour - 24) hours_.pop_front();
  }

  std::uint64_t total(std::int64_t hour) const {
    std::uint64_t sum = 0;
    for (const auto& [when, amount] : hours_)
      if (when > hour - 24) sum += amount;
    return sum;
  }

 private:
  std::deque<std::pair<std::int64_t, std::uint64_t>> hours_;
};

class Entitlement {
 public:
  static constexpr std::uint64_t per_licence = 40'000;

  static constexpr std::uint64_t pool_of(std::uint64_t licences) {
    return std::min<std::uint64_t>(500'000 + 5'000 * licences, 10'000'000);
  }

  /// `now`: seconds since 1970.
  void spend(const Uuid& user, std::int64_t now, std::uint64_t requests) {
    if (requests == 0) return;
    users_.with([&](auto& users) { users[user].add(now / 3600, requests); });
  }

  std::uint64_t used(const Uuid& user, std::int64_t now) const {
    return users_.with([&](const auto& users) {
      const auto found = users.find(user);
      return found == users.end() ? 0 : found->second.total(now / 3600);
    });
  }

  void clear() {
    users_.with([](auto& users) { users.clear(); });
  }

 private:
  Sync<std::map<Uuid, LastDay>> users_;
};

}  // namespace flit::sim::dataverse
