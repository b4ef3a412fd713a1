#pragma once
/// @file What a write passes through: the org, the open transaction, who writes and how.
///
/// Everything here happens under the org's exclusive lock. A refused write leaves the transaction
/// where it was; the caller decides whether its neighbours stay (fact sheet §2.6).

#include "sim/salesforce/api/api_call.hpp"
#include "sim/salesforce/organization/organization.hpp"
#include "sim/salesforce/records/transaction.hpp"
#include "sim/salesforce/write/draft.hpp"

namespace flit::sim::salesforce {

struct WriteOptions {
  bool allow_duplicates = false;  ///< Sforce-Duplicate-Rule-Header: allowSave=true (§2.5)
  bool skip_bin = false;          ///< hardDelete
};

struct Work {
  Organization& org;
  Transaction& transaction;
  Caller caller;
  WriteOptions options{};
};

/// Saves a new record and what the platform makes of it. The draft is as the client sent it.
Answer<RecordId> create_record(Work& work, Draft& draft);

/// Changes a live record; the draft holds only what changes.
Answer<void> update_record(Work& work, RecordId id, Draft& draft);

/// Deletes a record and what hangs on it; refused as a whole when a part of it is (§8).
Answer<void> delete_record(Work& work, RecordId id);

/// Brings a record back from the bin, with what was deleted along with it.
Answer<void> undelete_record(Work& work, RecordId id);

/// Takes a record out of the bin for good; naming one that a parent took along is refused (§8).
Answer<void> empty_from_bin(Work& work, RecordId id);

/// Merges one or two records into `master`, of the same object; the ids of those that were
/// reparented (§8).
Answer<std::vector<RecordId>> merge_records(Work& work, RecordId master,
                                            const std::vector<RecordId>& losers);

/// A live record of that object, or why not: NOT_FOUND, ENTITY_IS_DELETED, MALFORMED_ID.
Answer<const Row*> live_record(const Organization& org, const Object& object, std::string_view id);

}  // namespace flit::sim::salesforce
