#pragma once
/// @file How the platform refuses a URL: code 0x80060888 with the text of its OData library.
///
/// Fact sheet §9 gives the code and three texts; the syntax texts are those of Microsoft's OData
/// library, which the platform uses (public resource strings and tests of OData/odata.net; assumed
/// to be unchanged). Positions are zero-based offsets into the decoded text of the option.
/// The code travels in Error::code; http_status() turns a code into the status of the response.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace flit::sim::dataverse::odata {

inline constexpr std::string_view uri_code = "0x80060888";

/// Any refusal of the platform: code and the text it sends.
Error platform_fault(std::string_view code, std::string message);

/// A refusal of the URL.
Error uri_fault(std::string message);

/// "Syntax error at position 8 in 'name eqq 1'."
Error syntax_fault(std::size_t position, std::string_view text);

/// "<what> expected at position 3 in '(42'."
Error expected_fault(std::string_view what, std::size_t position, std::string_view text);

/// "Could not find a property named 'x' on type 'Microsoft.Dynamics.CRM.contact'."
Error unknown_property(std::string_view property, std::string_view table);

/// "Resource not found for the segment 'x'.", the one URL refusal that answers 404.
Error unknown_segment(std::string_view segment);

/// The HTTP status that goes with a refusal of this room: 400, or 404 for a missing resource.
int http_status(const Error& error);

}  // namespace flit::sim::dataverse::odata
