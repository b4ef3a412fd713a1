#pragma once
/// @file The columns of a load's header, bound to fields (fact sheet §3).
///
/// "Name", "Id", a parent by one of its keys ("Account.Ext__c"), and for polymorphic references its
/// type as well ("Lead:Who.Email").

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sim/salesforce/bulk/row_writer.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

struct LoadColumn {
  enum class Kind : std::uint8_t { id, field, parent };
  Kind kind = Kind::field;
  const Field* field = nullptr;  ///< of the object; the reference, where a parent is named
  const Object* parent = nullptr;
  const Field* parent_key = nullptr;
};

/// Error::message is the job's: "InvalidBatch : Field name not found : X__c". REQUIRES: the lock.
Result<std::vector<LoadColumn>> bind_columns(const Organization& org, const Object& object,
                                             std::span<const std::string> header);

}  // namespace flit::sim::salesforce
