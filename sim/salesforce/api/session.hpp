#pragma once
/// @file What a handler of the API is given: the call, the org, the open transaction, the cursors.
///
/// The lock is held (shared for reads, exclusive for writes). A handler that refuses leaves nothing
/// behind; whoever opened the transaction commits it. Parts of a composite request share one.

#include <string_view>

#include "base/json_reader.hpp"
#include "sim/salesforce/api/api_call.hpp"
#include "sim/salesforce/write/work.hpp"

namespace flit::sim::salesforce {

class Cursors;

struct Session {
  Organization& org;
  Transaction& transaction;
  Cursors& cursors;
  const ApiCall& call;

  Work work() const;
  /// The object of that name, or NOT_FOUND.
  Answer<const Object*> object(std::string_view name) const;
};

/// The body as JSON: JSON_PARSER_ERROR with line and column otherwise.
Answer<json::Document> read_body(std::string_view body);

/// {"id":"…","success":true,"errors":[]}, and "created" when it is known.
std::string save_result(RecordId id, std::optional<bool> created = std::nullopt);

/// {"success":false,"errors":[…]}, without an id.
std::string failed_result(const Refusal& refusal);

/// An object that does not take this kind of write at all.
Refusal does_not_support(const Object& object, std::string_view operation);

// The handlers, by resource (fact sheet §2).
ApiReply rows_api(Session& session);         ///< sobjects/**
ApiReply collections_api(Session& session);  ///< composite/sobjects/**
ApiReply tree_api(Session& session);         ///< composite/tree/X
ApiReply query_api(Session& session);        ///< query, queryAll, query/{locator}
ApiReply limits_api(Session& session);       ///< limits, limits/recordCount
ApiReply replication_api(Session& session, const Object& object);  ///< sobjects/X/updated|deleted

}  // namespace flit::sim::salesforce
