#pragma once
/// @file Upsert by a key of the object (fact sheet §2.5, §2.6), for one record or for many.

#include <string_view>

#include "sim/salesforce/api/session.hpp"

namespace flit::sim::salesforce {

struct Upserted {
  RecordId id{};
  bool created = false;
};

/// The field by that name if records can be matched by it; refused otherwise.
Answer<const Field*> key_field(const Object& object, std::string_view name);

/// Live records whose key is `value`.
std::vector<RecordId> matching(const Organization& org, const Object& object, const Field& key,
                               const Cell& value);

/// Creates or changes the record of that key. DUPLICATE_EXTERNAL_ID when several have it; an Id
/// that no record has is refused. REQUIRES: the draft is read, without the key.
Answer<Upserted> upsert_record(Work& work, const Field& key, const Cell& value, Draft& draft,
                               bool update_only = false);

}  // namespace flit::sim::salesforce
