#pragma once
/// @file What choice labels mean, by kind of list (lexicon/values.txt).
///
/// A domain ("stage", "lead_status", "industry") belongs to destination columns and has rules:
/// source phrases, and the destination labels that fit them, best first. Immutable once read.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.hpp"

namespace flit::automap {

/// A label as words: the words, and what of them counts when two labels are compared.
struct Saying {
  std::vector<std::string> words{};
  std::vector<std::size_t> content{};  ///< hashes of the words in the singular, sorted, each once
  bool denied = false;                 ///< "not", "kein", "sans" …: says the contrary
};

Saying saying_of(std::vector<std::string> words);

/// Share of common words, 0 where one side denies what the other says.
double agreement(const Saying& left, const Saying& right);

struct ValueRule {
  std::vector<Saying> phrases{};
  std::vector<std::string> labels{};  ///< destination labels, best first; "-": leave empty
};

struct ValueDomain {
  std::string name{};
  bool ordered = false;                ///< a scale: unknown values take their neighbour's place
  std::vector<std::string> columns{};  ///< "table.column" or "*.column", lower case
  std::vector<ValueRule> rules{};
};

class ValueLexicon {
 public:
  static Result<ValueLexicon> read(std::string_view text);

  /// The domain of destination column "table.column" (lower case), nullptr if it has none.
  const ValueDomain* domain_of(const std::string& column) const;

  /// The first label of the rule of `domain` that has exactly the words of `label`; empty: none.
  std::string meaning(std::string_view domain, std::string_view label) const;

  /// Words of a choice label, undivided ones cut ("qualifiedtobuy").
  std::vector<std::string> words_of(std::string_view label) const;

  const std::vector<ValueDomain>& domains() const { return domains_; }

 private:
  std::vector<ValueDomain> domains_{};
  std::unordered_set<std::string> vocabulary_{};
};

}  // namespace flit::automap
