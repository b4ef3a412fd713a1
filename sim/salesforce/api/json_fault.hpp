#pragma once
/// @file Where a body stops being JSON, in the platform's words (fact sheet §2.9).
///
/// The reader of the house says that a document is broken, not where; the platform names the
/// character, its line and its column. Linear time, no recursion. Pure.

#include <string>
#include <string_view>

namespace flit::sim::salesforce {

/// "Unexpected character ('x' (code 120)) at [line:1, column:5]", or "Unexpected end-of-input at
/// …".
std::string json_fault(std::string_view body);

}  // namespace flit::sim::salesforce
