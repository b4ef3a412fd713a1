#pragma once
/// @file What an org's people have set up besides the schema: validation rules and duplicate rules.
///
/// Read from `--rules FILE`, JSON (docs/reference/salesforce_simulator.md):
///
///     {"validation_rules": [{"object": "Opportunity", "message": "…", "field": "CloseDate",
///                            "when": {"all": [{"field": "Amount", "is": "null"}]}}],
///      "duplicate_rules": [{"object": "Account", "match": ["Name"], "action": "block"}]}
///
/// A validation rule refuses a record for which `when` holds. A condition is {"field", "is",
/// "value"} with is = null, not_null, equals, not_equals, less, greater, matches (a part of the
/// text), or
/// {"all": […]}, {"any": […]}, {"not": {…}}.

#include <string>
#include <vector>

#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "sim/salesforce/write/work.hpp"

namespace flit::sim::salesforce {

struct RuleCondition {
  enum class Kind { all, any, none, is_null, not_null, equals, not_equals, less, greater, matches };
  Kind kind = Kind::all;
  std::string field{};
  std::string value{};
  std::vector<RuleCondition> parts{};
};

struct ValidationRule {
  std::string object;
  std::string message;
  std::string field{};
  RuleCondition when{};
};

struct DuplicateRule {
  std::string object;
  std::string name;
  std::vector<std::string> match{};  ///< fields that all agree, without case
  bool blocks = false;               ///< "block": not even allowSave saves; "alert" otherwise
  std::string message = "Use one of these records?";
};

struct BusinessRules {
  std::vector<ValidationRule> validation{};
  std::vector<DuplicateRule> duplicates{};

  /// Fault::setup with what was expected.
  static Result<BusinessRules> read(json::Value root);
};

/// FIELD_CUSTOM_VALIDATION_EXCEPTION, DUPLICATES_DETECTED (fact sheet §2.9). `self` is the record
/// that is updated, if it is one.
Answer<void> apply_business_rules(const Work& work, const Draft& draft, RecordId self);

}  // namespace flit::sim::salesforce
