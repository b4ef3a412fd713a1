#pragma once
/// @file Which business process flows the environment has (fact sheet §12), read from the rows of
/// `workflow` once and kept until those or the definitions change.
///
/// Every create asks whether its table has a default flow, so the answer may not cost a walk over
/// the workflows. Thread-safe for those that hold the organization's lock.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/sync.hpp"
#include "base/uuid.hpp"
#include "sim/dataverse/metadata/catalogue.hpp"
#include "sim/dataverse/records/record_store.hpp"

namespace flit::sim::dataverse {

struct FlowStage {
  Uuid id{};
  std::string name{};
  int category = -1;  ///< none
  std::string table{};
  std::optional<Uuid> next{};           ///< of the main path; none: the last stage
  std::vector<Uuid> branches{};         ///< where its conditions lead instead
  std::vector<std::string> required{};  ///< columns that must be filled before it is left forward
};

struct ProcessFlow {
  Uuid id{};
  std::string name{};
  bool active = false;
  std::int64_t order = 0;  ///< processorder; the lowest is the default
  std::string primary{};   ///< table whose rows get an instance
  const Table* instances = nullptr;
  const Column* record = nullptr;   ///< the instance's lookup to its primary row
  std::vector<FlowStage> stages{};  ///< in the order of the path; never empty

  const FlowStage* stage(const Uuid& stage_id) const;
};

using ProcessFlows = std::vector<ProcessFlow>;

/// The clientdata that tells the stages in their order; what FlowBook reads. Stages of which none
/// names the next one follow each other, as in older definitions.
std::string flow_client_data(const std::vector<FlowStage>& stages);

/// The instance's lookup to the row of a table that takes part: "opportunityid", "bpf_accountid".
const Column* record_column(const Table& instances, std::string_view table);

class FlowBook {
 public:
  /// Those whose instance table exists, in the order of their ids. `definitions` grows with every
  /// change of the definitions.
  std::shared_ptr<const ProcessFlows> read(const Catalogue& catalogue, const RecordStore& store,
                                           std::size_t definitions) const;
  void clear();

 private:
  struct Known {
    std::array<std::uint64_t, 3> stamp{};
    std::shared_ptr<const ProcessFlows> flows{};
  };
  mutable Sync<Known> known_;
};

}  // namespace flit::sim::dataverse
