#include "sim/dataverse/metadata_api/key_jobs.hpp"

namespace flit::sim::dataverse {

void run_key_jobs(Organization& org) {
  bool waiting = false;
  for (Table& table : org.catalogue->tables())
    for (AlternateKey& key : table.keys) {
      if (key.state != KeyState::pending) continue;
      if (org.instant() < key.due) {
        waiting = true;
        continue;
      }
      key.state = org.store->open(table).build_key(key) ? KeyState::active : KeyState::failed;
    }
  org.has_waiting_keys = waiting;
}

}  // namespace flit::sim::dataverse
