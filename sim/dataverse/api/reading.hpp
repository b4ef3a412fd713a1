#pragma once
/// @file What a handler needs to read rows for its caller: views of the store, time, identity.

#include "sim/dataverse/api/session.hpp"
#include "sim/dataverse/query/collection_reader.hpp"

namespace flit::sim::dataverse {

/// Lives for one request, under the organization's lock.
struct Reading {
  explicit Reading(const Session& from)
      : session(from),
        views(ReadContext{*from.org.catalogue, *from.org.store, from.org.known.business_unit}),
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
