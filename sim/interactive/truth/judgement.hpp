#pragma once
/// @file What becomes of one record, and everything that outcomes and findings are judged by.
///
/// A Judge looks at the data once and answers from then on; it never asks the API. Not
/// thread-safe.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "sim/interactive/truth/truth.hpp"

namespace flit::sim::interactive {

struct Outcome {
  std::string outcome = "created";
  std::string target{};  ///< empty: null
  std::string reason{};
  std::string into{};  ///< merged: the live record
  bool routed = false;
  bool operator==(const Outcome&) const = default;
};

class Judge {
 public:
  Judge(const Dataset& data, const TruthSettings& settings);

  const Dataset& data() const { return data_; }
  const TruthSettings& settings() const { return settings_; }
  bool is_dynamics() const { return settings_.path == Path::dynamics365; }

  /// What records of that object become unless something is special about them.
  Outcome usual(const ObjectSchema& schema) const;
  Outcome of(const RecordTable& table, const Row& row) const;
  Outcome of_file(const File& file) const;
  Outcome usual_file() const;
  /// Of the bytes that are really there; computed once per file.
  const std::string& sha256_of(const File& file) const;

  /// On the mission's routing list, by value or by label, trimmed and without case.
  bool is_routed_away(const RecordTable& contacts, const Row& row) const;
  bool has_live(std::string_view object, std::uint64_t id) const;
  bool has_any(std::string_view object, std::uint64_t id) const;  ///< archived ones too

 private:
  Outcome of_archived(const RecordTable& table, const Row& row) const;

  const Dataset& data_;
  TruthSettings settings_;
  mutable std::unordered_map<std::uint64_t, std::string> hashes_{};  // by file id
  std::unordered_set<std::uint64_t> won_contacts_;                   // with a closed-won deal
};

/// Whether the text of a property is one of the option's value or label, folded.
bool names_any(const Property& property, std::string_view text,
               std::initializer_list<std::string_view> words);

}  // namespace flit::sim::interactive
