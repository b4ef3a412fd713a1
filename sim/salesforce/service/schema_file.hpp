#pragma once
/// @file `--schema FILE`: custom objects, fields and record types that are there from the start and
/// visible to the API's user.
///
///     {"objects": [{"name": "Project__c", "label": "Project", "auto_number": "P-{0000}"}],
///      "fields": [{"object": "Account", "name": "Legacy_Id__c", "type": "string", "length": 64,
///                  "external_id": true, "unique": true, "case_sensitive": true},
///                 {"object": "Project__c", "name": "Account__c", "type": "reference",
///                  "to": ["Account"], "children": "Projects", "cascade": true},
///                 {"object": "Account", "name": "Kind__c", "type": "picklist",
///                  "values": ["A", "B"], "restricted": true}],
///      "record_types": [{"object": "Account", "name": "Household", "default": true}]}
///
/// Types are those of a describe (fact sheet §2.3).

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

/// Fault::setup naming the entry. REQUIRES: the exclusive lock, or nobody else yet.
Result<void> load_schema(Organization& org, std::string_view text);

}  // namespace flit::sim::salesforce
