#pragma once
/// @file Makers and modifiers at work: the value of a VALUE for one row.
///
/// Everything that a value may refer to (inputs, owners, pipelines, ids of records) is handed in
/// and complete before the first value is asked for, so forward and self references work. Errors
/// name the input and its row. Not thread-safe: indexes are made when first needed.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "sim/interactive/folder/manifest.hpp"
#include "sim/interactive/store/dataset.hpp"

namespace flit::sim::interactive {

/// None: null.
using MadeText = std::optional<std::string>;

/// Which record was made from which row.
struct RecordsOfObject {
  const TableInput* input = nullptr;
  std::vector<std::pair<std::size_t, std::uint64_t>> rows{};  ///< row of the input, id
  std::unordered_map<std::size_t, std::uint64_t> by_row{};
};

/// Where a value is evaluated.
struct RowPlace {
  const TableInput* input = nullptr;  ///< null: a literal, without a row
  std::size_t row = 0;
  std::size_t number = 1;                                ///< from 1, after where and distinct
  std::string self{};                                    ///< object that `self` means
  std::function<MadeText(std::string_view)> property{};  ///< of the record being made
};

class Evaluator {
 public:
  Evaluator(const std::map<std::string, TableInput>& inputs, const Dataset& data,
            const std::map<std::string, RecordsOfObject>& records)
      : inputs_(inputs), data_(data), records_(records) {}

  Result<MadeText> value(const ValueSpec& spec, const RowPlace& place);
  Result<bool> holds(const Condition& condition, const RowPlace& place) const;

  /// The id of the stage with that label in the pipeline; none: there is no such stage.
  MadeText stage_id(std::string_view pipeline, std::string_view label) const;

 private:
  using Candidates = std::unordered_map<std::string, std::vector<std::string>>;

  Result<MadeText> make(const ValueSpec& spec, const RowPlace& place);
  Result<MadeText> cell(std::string_view column, const RowPlace& place) const;
  Result<MadeText> fill(std::string_view pattern, const RowPlace& place) const;
  Result<MadeText> look_up(const MapMaker& maker, const RowPlace& place) const;
  Result<MadeText> join(const JoinMaker& maker, const RowPlace& place);
  Result<MadeText> refer(const RefMaker& maker, const RowPlace& place);
  Result<MadeText> owner(const OwnerMaker& maker, const RowPlace& place);
  Result<MadeText> stage(const StageMaker& maker, const RowPlace& place);
  Result<MadeText> self(const RowPlace& place) const;

  struct Search {
    const Candidates& candidates;
    Match match;
    Missing missing;
    OnMany on_many;
    std::string what;
  };
  Result<MadeText> find(const Search& search, const std::string& text, const RowPlace& place);

  const std::map<std::string, TableInput>& inputs_;
  const Dataset& data_;
  const std::map<std::string, RecordsOfObject>& records_;
  std::map<std::string, Candidates> indexes_;
  std::uint64_t dangling_ = 0;
};

/// Applies trim, case, parse, scale10, datetime, slug, email, default, in that order.
Result<MadeText> modified(MadeText value, const ValueSpec& spec);

/// The form in which two texts are compared.
std::string match_key(std::string_view text, Match match);

Error row_error(const RowPlace& place, std::string message);

}  // namespace flit::sim::interactive
