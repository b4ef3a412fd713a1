#pragma once
/// @file S-06: which records are loaded first, so that people can look at them.
///
/// Chosen for risk (risk_survey.hpp), closed under dependencies: whatever a chosen record refers to
/// is chosen too, with the links whose both ends are. The choice is marked in the ledger; a Loader
/// with only_sampled loads it, and the full run later passes over what is done. Deterministic, and
/// the same when it is chosen again, however much of it was loaded; memory: the sample.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/migration.hpp"
#include "engine/row_builder.hpp"
#include "model/record.hpp"

namespace flit::engine {

struct SampleSettings {
  std::size_t size = 200;  ///< records; dependencies of the last one may exceed it
};

struct Sample {
  std::uint64_t records = 0;
  std::uint64_t links = 0;
  std::uint64_t placeholders = 0;
  std::uint64_t own = 0;
  std::map<std::string, std::uint64_t> by_object{};
  std::uint64_t risks = 0;    ///< that the data hold
  std::uint64_t covered = 0;  ///< of those, by a record of the sample
};

class Sampling {
 public:
  /// `migration` outlives this.
  explicit Sampling(const Migration& migration) : migration_(migration) {}

  /// Chooses and marks. A sample that was chosen before and not loaded yet is forgotten.
  Result<Sample> choose(const SampleSettings& settings, std::stop_token stop);

 private:
  using Keys = std::set<model::SourceKey>;

  /// `record` and everything that it refers to, directly or not.
  Result<Keys> with_dependencies(const model::SourceKey& record, const Keys& known) const;
  Result<std::vector<model::SourceKey>> dependencies_of(const model::SourceKey& record) const;
  Result<std::optional<store::Assignment>> row_of(store::sql::Connection& connection,
                                                  const model::SourceKey& key) const;
  Result<BuiltRow> build(const store::Assignment& row, const std::string& object,
                         std::size_t route) const;
  Result<std::vector<model::SourceKey>> made_by_us(const std::vector<model::SourceKey>& keys) const;
  Result<void> fill_up(std::size_t size, Keys& chosen) const;
  Result<void> mark(const Keys& chosen, Sample& sample);
  Result<void> mark_links(const Keys& chosen, Sample& sample);
  Result<void> mark_own(Sample& sample);

  const Migration& migration_;
};

}  // namespace flit::engine
