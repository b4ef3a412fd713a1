#pragma once
/// @file Identifiers of new rows: a function of the row's content, not of the order of arrival.
///
/// Two loads of the same rows in different orders (a resumed one, say) give the same ids, so the
/// digest of an environment does not depend on the order even where the client sent no ids. A
/// second row of equal content gets the next id of its content. Not thread-safe.

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "base/uuid.hpp"

namespace flit::sim::dataverse {

class RowIds {
 public:
  explicit RowIds(std::uint64_t seed) : seed_(seed) {}

  /// The next id for this content that `is_free(id)` accepts.
  template <typename IsFree>
  Uuid next(std::string_view content, std::uint64_t salt, const IsFree& is_free) {
    const std::uint64_t hash = hash_of(content, salt);
    for (std::uint32_t ordinal = first_ordinal(hash);; ++ordinal) {
      const Uuid id = compose(hash, ordinal);
      if (!is_free(id)) continue;
      if (ordinal > 0) used_[hash] = ordinal + 1;
      return id;
    }
  }

  /// An identifier for things that are not rows: jobs, tokens, upload sessions.
  Uuid fresh();

 private:
  std::uint64_t hash_of(std::string_view content, std::uint64_t salt) const;
  std::uint32_t first_ordinal(std::uint64_t hash) const;
  Uuid compose(std::uint64_t hash, std::uint32_t ordinal) const;

  std::uint64_t seed_;
  std::uint64_t counter_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> used_;  // only contents seen more than once
};

}  // namespace flit::sim::dataverse
