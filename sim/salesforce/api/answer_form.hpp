#pragma once
/// @file The other forms of a call and its answer (fact sheet §2.1): XML in and out, and JSON with
/// white space for `X-PrettyPrint: 1`.
///
/// The API itself speaks compact JSON; here it is turned round at the edge. In XML a record's
/// attributes become attributes of its element, a list repeats its element, null is xsi:nil. Pure
/// functions.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/salesforce/api/api_call.hpp"

namespace flit::sim::salesforce {

/// Whether the client asks for XML first: `Accept: application/xml`.
bool wants_xml(const ApiCall& call);

/// `<Account><Name>Acme</Name></Account>` as the JSON object of its texts.
Result<std::string> json_of_xml(std::string_view body);

/// The answer in the form that the call asks for. REQUIRES: its body is JSON or empty, or its
/// content type says that it is neither.
void give_form(const ApiCall& call, ApiReply& reply);

}  // namespace flit::sim::salesforce
