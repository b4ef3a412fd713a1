#pragma once
/// @file Bytes that come beside the JSON of a request, in a multipart form (fact sheet §2.6, §7).
///
/// A single record's part is called as its field ("VersionData"); records of a collection name
/// their part: attributes.binaryPartName, and with binaryPartNameAlias the field it fills. Parts
/// come in any order. Views into the body.

#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "sim/salesforce/api/api_call.hpp"
#include "sim/salesforce/bulk/multipart.hpp"
#include "sim/salesforce/write/draft.hpp"

namespace flit::sim::salesforce {

class BlobParts {
 public:
  /// The body as its JSON and the rest; without a form all of it is JSON.
  static Answer<BlobParts> of(const ApiCall& call);

  std::string_view json() const { return json_; }

  /// Parts that are called as a base64 field of the draft's object.
  void set_named(Draft& draft) const;

  /// The part that `record` names; INVALID_MULTIPART_REQUEST when it is missing.
  Answer<void> set_referenced(json::Value record, Draft& draft) const;

 private:
  std::string_view json_{};
  std::vector<bulk::FormPart> parts_{};
};

}  // namespace flit::sim::salesforce
