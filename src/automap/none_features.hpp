#pragma once
/// @file What speaks for leaving a field alone: values without a standard home, keys, plumbing,
/// flags.

#include <set>
#include <vector>

#include "automap/features.hpp"
#include "automap/lexicon.hpp"

namespace flit::automap {

class NoneFeatures {
 public:
  explicit NoneFeatures(const Lexicon& lexicon);

  /// Fills the none part of `entry`; its candidates stand already, `best` is their highest
  /// similarity.
  void fill(const SourcePart& source, const FieldTerms& field, const std::vector<const Bag*>& bags,
            double best, Case& entry) const;

 private:
  void homeless(const std::vector<const Bag*>& bags, Case& entry) const;
  void words(const FieldTerms& field, Features& features) const;
  std::vector<int> near(const std::vector<const Bag*>& bags) const;

  const Lexicon& lexicon_;
  std::uint64_t flag_;
  std::uint64_t formula_;
  std::set<std::uint64_t> derived_words_{};
};

}  // namespace flit::automap
