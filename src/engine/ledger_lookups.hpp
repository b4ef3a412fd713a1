#pragma once
/// @file What references lead to, answered from the ledger.
///
/// A record that will be written answers "later" until it is; one that was merged answers for the
/// record that swallowed it; one that failed, is held or was skipped answers why. Recent answers
/// are kept, a bounded number of them, because neighbours share parents. One per lane: not
/// thread-safe.

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mapping/conversion.hpp"
#include "store/books.hpp"
#include "store/ledger.hpp"
#include "store/notebook.hpp"

namespace flit::engine {

/// Owners are few: the list of S-04, by source id.
using OwnerTable = std::map<std::string, store::OwnerRow, std::less<>>;

class LedgerLookups final : public mapping::Lookups {
 public:
  LedgerLookups(const store::Ledger& ledger, const store::Books& books, const OwnerTable& owners)
      : ledger_(ledger), books_(books), owners_(owners) {}

  /// The answer's texts are valid until the next call of record().
  mapping::Lookup record(std::string_view object, std::string_view source_id) const override;

  /// Reads what record() will be asked of an object, in one statement instead of one for each.
  Result<void> expect(store::sql::Connection& reader, std::string_view object,
                      std::span<const std::string> source_ids) const;

  /// An archived record answers as the placeholder that stands in for it, or will.
  mapping::Lookup record_or_placeholder(std::string_view object,
                                        std::string_view source_id) const override;

  /// The row of that key that records of an object speak of beside their own.
  mapping::Lookup also(std::string_view object, std::string_view role, std::string_view key) const;

  /// An owner who is not in the list, or none at all, is whoever stands for records without one.
  mapping::Lookup owner(std::string_view source_id) const override;

  /// Forgets everything: something was written since.
  void forget() { recent_.clear(); }

  /// The first fault that the ledger answered with, if any: a look-up itself cannot fail.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  struct Answer {
    mapping::Lookup::Kind kind = mapping::Lookup::Kind::missing;
    std::string table{};
    std::string id{};
    std::string reason{};
    bool stands_in = false;
  };
  static constexpr std::size_t most_recent = 4096;

  enum class Archived { unusable, placeholder };
  struct Question {
    std::string_view object;
    std::string_view source_id;
    std::string_view role = "primary";
    Archived archived = Archived::unusable;
  };

  mapping::Lookup ask(const Question& question) const;
  static std::string key_of(const Question& question);
  static std::optional<Answer> answer_of(const store::Assignment& assignment);
  Result<Answer> find(store::sql::Connection& reader, const Question& question) const;
  Result<Answer> placeholder(store::sql::Connection& reader,
                             const store::Assignment& archived) const;
  static mapping::Lookup shown(const Answer& answer);

  const store::Ledger& ledger_;
  const store::Books& books_;
  const OwnerTable& owners_;
  mutable std::unordered_map<std::string, Answer> recent_;
  mutable std::optional<Error> failure_;
};

}  // namespace flit::engine
