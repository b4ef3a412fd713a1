#pragma once
/// @file S-01 over a project: both ends described, every source record in the ledger, the scope
/// document.

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "apps/wiring/exit.hpp"
#include "apps/wiring/workspace.hpp"
#include "engine/inventory.hpp"
#include "store/notebook.hpp"

namespace flit::wiring {

struct ObjectCount {
  std::string object;
  std::uint64_t records = 0;
  std::size_t fields = 0;
};

struct InventoryOutcome {
  std::string summary{};
  Result<Exit> end = Exit::done;
  engine::InventoryResult taken{};
  std::vector<ObjectCount> counts{};
  std::vector<store::Finding> findings{};
  std::filesystem::path scope{};
};

/// `again`: what was read already is read once more, and the preflight has to be made anew.
Result<InventoryOutcome> take_inventory(Workspace& workspace, bool again, std::stop_token stop);

}  // namespace flit::wiring
