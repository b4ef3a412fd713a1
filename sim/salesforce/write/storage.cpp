#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/write/checks.hpp"

namespace flit::sim::salesforce {

Answer<void> check_storage(const Organization& org) {
  const auto use = org.storage();
  if (use.data_kb > use.data_limit_kb || use.file_bytes > use.file_limit_bytes)
    return refuse(errors::storage_limit());
  return {};
}

}  // namespace flit::sim::salesforce
