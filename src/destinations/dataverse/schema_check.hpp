#pragma once
/// @file Whether what is there serves as what was asked for, or why not.
///
/// A column that is longer or finer than asked serves; one of another kind does not. Pure. An Error
/// is Fault::permanent and names found and expected.

#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/schema_change.hpp"

namespace flit::destinations::dataverse {

Result<void> serves_as(const model::Object& found, const model::CreateTable& asked);
Result<void> serves_as(const model::Field& found, const model::CreateColumn& asked);
Result<void> serves_as(const model::Field& found, const model::CreateRelationship& asked);

/// Every asked option is among the found ones under the same label.
Result<void> serves_as(const std::vector<model::Option>& found,
                       const std::vector<model::Option>& asked, const std::string& where);

}  // namespace flit::destinations::dataverse
