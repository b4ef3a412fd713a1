#pragma once
/// @file What a handler needs to read rows for its caller: views of the store, time, identity.

#include "sim/dataverse/api/session.hpp"
#include "sim/dataverse/query/collection_reader.hpp"
#include "sim/dataverse/security/guard.hpp"

namespace flit::sim::dataverse {

/// Empty for callers who see everything.
inline std::function<bool(const Table&, const Row&)> rows_seen_by(const Organization& org,
                                                                  const Caller& caller) {
  if (caller.rights == nullptr) return {};
  return [&org, &caller](const Table& table, const Row& row) {
    return reaches(org, caller, AccessRight::read, table, row);
  };
}

/// prvRead of the table and of every table that $expand leads to: 403 0x80040220 (§9).
Answer<void> check_readable(const Session& session, const Table& table,
                            const odata::QueryOptions& options);

/// Lives for one request, under the organization's lock.
struct Reading {
  explicit Reading(const Session& from)
      : session(from),
        views(ReadContext{*from.org.catalogue, *from.org.store, from.org.known.business_unit,
                          rows_seen_by(from.org, from.call.caller)}),
        context{.now = from.org.now(),
                .user = from.call.caller.user,
                .business_unit = from.org.known.business_unit} {}

  CollectionRequest request(const odata::QueryOptions& options) const {
    return {.root = session.call.root,
            .path = session.call.path,
            .query = session.call.query,
            .options = options,
            .preferences = session.call.preferences,
            .context = context};
  }

  const Session& session;
  StoreViews views;
  odata::QueryContext context;
};

}  // namespace flit::sim::dataverse
