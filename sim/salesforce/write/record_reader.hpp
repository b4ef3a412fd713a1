#pragma once
/// @file A record of a JSON request, read into a draft (fact sheet §2.5).
///
/// Fields without regard to case, `attributes` left out, a parent by one of its keys where its
/// relationship stands ("Account": {"Ext__c": "A1"}). A list of children ("Contacts": {"records":
/// […]}) is handed back for whoever writes trees.

#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "sim/salesforce/write/work.hpp"

namespace flit::sim::salesforce {

struct ReadOptions {
  std::string_view skip{};  ///< a field that is passed over: "Id", the key of an upsert
  bool children = false;    ///< lists of children are allowed
};

struct ChildRecords {
  const ChildLink* link = nullptr;
  json::Value records{};
};

/// REQUIRES: the draft is fresh and its object the record's.
Answer<std::vector<ChildRecords>> read_record(const Organization& org, json::Value record,
                                              Draft& draft, const ReadOptions& options = {});

/// The record of `parent` whose `key` is `value`; refused when none or several have it.
Answer<RecordId> find_by_key(const Organization& org, const Object& parent, const Field& key,
                             const Cell& value);

/// Whether upserts and parents may be named by it: external ids, look-up fields, Id (§2.5).
bool is_key(const Field& field);

}  // namespace flit::sim::salesforce
