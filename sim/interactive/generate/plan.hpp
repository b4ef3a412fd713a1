#pragma once
/// @file Which ids of one object are spoken for by awkward cases, and how many records there will
/// be.
///
/// Cases claim ids, from the lowest on, before any record is made; a claim says how its record
/// differs from an ordinary one. What is archived, merged or purged comes on top of the number that
/// was asked for, so that number counts the live records.

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <utility>

#include "sim/interactive/store/draft.hpp"

namespace flit::sim::interactive {

using Change = std::function<void(Draft&)>;

class Plan {
 public:
  Plan(std::uint64_t first_id, std::uint64_t live) : first_id_(first_id), live_(live) {}

  std::uint64_t claim(Change change = {}) { return claim_any(std::move(change), false); }
  /// The record will be archived (or merged), or never be there: one more than asked for.
  std::uint64_t claim_extra(Change change) { return claim_any(std::move(change), true); }

  std::uint64_t first_id() const { return first_id_; }
  std::uint64_t end_id() const { return first_id_ + live_ + extra_; }
  std::uint64_t count() const { return live_ + extra_; }
  bool is_claimed(std::uint64_t id) const { return id < first_id_ + claimed_; }
  std::uint64_t first_plain() const { return first_id_ + claimed_; }
  std::uint64_t plain_count() const { return count() - claimed_; }
  /// REQUIRES: plain_count() > 0.
  std::uint64_t plain(std::uint64_t n) const { return first_plain() + n % plain_count(); }

  /// A further change to a claimed record.
  void change(std::uint64_t id, Change more) {
    Change& first = changes_[id];
    first = [before = std::move(first), more = std::move(more)](Draft& draft) {
      if (before) before(draft);
      more(draft);
    };
  }
  void apply(Draft& draft) const {
    const auto found = changes_.find(draft.id);
    if (found != changes_.end() && found->second) found->second(draft);
  }

 private:
  std::uint64_t claim_any(Change change, bool extra) {
    const std::uint64_t id = first_id_ + claimed_++;
    extra_ += extra ? 1 : 0;
    if (change) changes_[id] = std::move(change);
    return id;
  }

  std::uint64_t first_id_;
  std::uint64_t live_;
  std::uint64_t extra_ = 0;
  std::uint64_t claimed_ = 0;
  std::unordered_map<std::uint64_t, Change> changes_;
};

}  // namespace flit::sim::interactive
