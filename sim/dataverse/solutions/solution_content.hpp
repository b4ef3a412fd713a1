#pragma once
/// @file What a solution file says: its manifest and its processes (§11, §12).
///
/// Solution.xml and customizations.xml as public exports have them [C]. Read are the manifest, the
/// publisher, the kinds of components and every Workflow; definitions of tables are only named.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "sim/dataverse/solutions/solution_archive.hpp"

namespace flit::sim::dataverse {

struct PackedWorkflow {
  Uuid id{};
  std::string name{};
  std::string unique_name{};
  std::string primary_entity{};
  std::string xaml{};
  int category = 0;
  int type = 1;
  int scope = 4;
  int state = 1;
  std::int64_t process_order = 1;
};

struct SolutionContent {
  std::string unique_name{};
  std::string friendly_name{};
  std::string version = "1.0";
  bool managed = false;
  std::string publisher{};
  std::string publisher_name{};
  std::string prefix = "new";
  std::int64_t option_prefix = 10000;
  std::vector<int> component_types{};      ///< of the root components
  std::vector<std::string> tables{};       ///< logical names of the tables that are defined
  std::vector<std::string> flow_tables{};  ///< those that hold instances of process flows
  std::vector<PackedWorkflow> workflows{};
};

/// Codes 0x80048060 (a part is missing), 0x8004802c (XML), 0x8004f002 (no unique name).
Result<SolutionContent> read_solution(const SolutionFiles& files);

}  // namespace flit::sim::dataverse
