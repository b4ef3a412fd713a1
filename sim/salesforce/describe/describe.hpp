#pragma once
/// @file What the org tells about its objects (fact sheet §2.2, §2.3).

#include <string>

#include "sim/salesforce/api/api_call.hpp"
#include "sim/salesforce/organization/organization.hpp"

namespace flit::sim::salesforce {

/// GET /sobjects; 304 when nothing changed since If-Modified-Since.
ApiReply describe_global_reply(const Organization& org, const ApiCall& call);

/// GET /sobjects/X/describe; likewise.
ApiReply describe_reply(const Organization& org, const Object& object, const ApiCall& call);

/// GET /sobjects/X: {"objectDescribe":{…},"recentItems":[]}.
std::string basic_information(const Object& object, const ApiCall& call);

/// One entry of fields[], all its keys.
void append_field(std::string& out, const Field& field, bool audit_open);

}  // namespace flit::sim::salesforce
