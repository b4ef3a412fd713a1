#pragma once
/// @file The words of customer systems and what they mean.
///
/// Read from the data files in lexicon/: words (aliases -> concept), columns (what standard
/// destination columns hold), homeless (values without a standard home), objects (kinds of records)
/// and values (choice labels). A phrase becomes a Bag: a small sorted set of concepts with weights;
/// two names mean the same as far as their bags agree. Words that no alias knows stand for
/// themselves. Immutable once read; safe to share between threads.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "automap/value_lexicon.hpp"
#include "base/result.hpp"

namespace flit::automap {

enum class Role : std::uint8_t { head, qualifier, relation, filler, mark, ordinal, unknown };

/// One concept (or unknown word) of a phrase; equal ids mean the same thing.
struct Token {
  std::uint64_t id = 0;
  double weight = 1.0;
  Role role = Role::unknown;
};

/// A phrase as a set: sorted by id, no id twice, with the sum of the weights.
struct Bag {
  std::vector<Token> tokens{};
  double weight = 0.0;
  std::string text{};  ///< the concepts as a person reads them, in the order of the phrase

  bool empty() const { return tokens.empty(); }
  bool contains(std::uint64_t id) const;
};

/// Twice the common weight over the sum of both: 1 for equal bags, 0 for disjoint or empty ones.
double similarity(const Bag& left, const Bag& right);

/// Weight of `part` that `whole` also has, as a share of the part's weight.
double coverage(const Bag& part, const Bag& whole);

/// What a column (or a kind of refused value) holds, as one phrase.
struct Meaning {
  Bag bag{};
  double strength = 1.0;
};

struct ColumnMeanings {
  std::vector<Meaning> meanings{};
  bool replaces_names = false;  ///< the column's own name and label mislead
};

/// Values for which neither platform has a standard column.
struct Homeless {
  std::string reason{};  ///< custom, derived, record_key, system, binary, no_equivalent
  Meaning meaning{};
};

/// A kind of record and the destination tables that hold it, best first.
struct ObjectKind {
  std::string name{};
  std::vector<std::string> tables{};  ///< lower case
  std::vector<Meaning> names{};
};

/// The texts of the files in lexicon/.
struct LexiconTexts {
  std::string_view words{};
  std::string_view columns{};
  std::string_view homeless{};
  std::string_view objects{};
  std::string_view values{};
};

class Lexicon {
 public:
  /// Fault::setup with file and line when a text is malformed.
  static Result<Lexicon> read(const LexiconTexts& texts);

  /// The meaning of a phrase given as split words.
  Bag bag(const std::vector<std::string>& words) const;
  Bag bag(std::string_view text) const;

  /// Concepts of a phrase in order, for rules that care which word came first.
  std::vector<Token> tokens(const std::vector<std::string>& words) const;

  std::uint64_t concept_id(std::string_view name) const;
  std::string_view concept_class(std::uint64_t id) const;  ///< value class or "-"
  bool is_concept(std::uint64_t id) const { return concepts_.count(id) > 0; }

  /// All meanings of destination column `table`.`column` (lower case), nullptr if it has no line.
  const ColumnMeanings* column(const std::string& table, const std::string& column) const;

  const std::vector<Homeless>& homeless() const { return homeless_; }

  /// Entries of homeless() that share a concept with `bag`, each once, in their order.
  std::vector<int> homeless_near(const Bag& bag) const;
  const std::vector<ObjectKind>& objects() const { return objects_; }

  /// Kinds of objects() with a name that shares a concept with `bag`, each once, in their order.
  std::vector<int> kinds_near(const Bag& bag) const;
  std::size_t concept_count() const { return concepts_.size(); }

  const ValueLexicon& values() const { return values_; }

 private:
  struct Concept {
    std::string name{};
    Role role = Role::head;
    std::string value_class{};
  };

  Result<void> read_words(std::string_view text);
  Result<void> read_columns(std::string_view text);
  Result<void> read_homeless(std::string_view text);
  Result<void> read_objects(std::string_view text);
  void add_alias(const std::vector<std::string>& words, std::uint64_t id);
  std::vector<std::string> segmented(const std::vector<std::string>& words) const;
  Token token_of(const std::string& word) const;

  /// The longest phrase that begins at word `at`, else that word; how many words it took.
  std::size_t take_phrase(const std::vector<std::string>& words, std::size_t at,
                          std::vector<Token>& into) const;

  std::unordered_map<std::uint64_t, Concept> concepts_{};
  std::unordered_map<std::string, std::uint64_t> phrases_{};  ///< words joined by blanks
  std::unordered_map<std::string, std::size_t>
      longest_from_{};                                         ///< first word -> words of a phrase
  std::unordered_set<std::string> vocabulary_{};               ///< single words of all aliases
  std::unordered_map<std::string, ColumnMeanings> columns_{};  ///< "table.column"
  std::vector<Homeless> homeless_{};
  std::unordered_map<std::uint64_t, std::vector<int>> homeless_by_token_{};
  std::vector<ObjectKind> objects_{};
  std::unordered_map<std::uint64_t, std::vector<int>> kinds_by_token_{};
  ValueLexicon values_{};
};

/// Makes a bag of tokens: sorted, without repetition, weighed.
Bag bag_of(std::vector<Token> tokens);

}  // namespace flit::automap
