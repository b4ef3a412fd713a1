#pragma once
/// @file The API below /services/data/vNN.N without HTTP: one call in, one answer out.
///
/// Finds the handler by path, holds the org's lock (shared for reads, exclusive for writes) and the
/// transaction around it. Thread-safe.

#include "sim/salesforce/api/session.hpp"
#include "sim/salesforce/query/cursors.hpp"

namespace flit::sim::salesforce {

class Api {
 public:
  explicit Api(Organization& org) : org_(org) {}

  ApiReply run(const ApiCall& call);

  /// Forgets the cursors: for a reset.
  void clear() { cursors_.clear(); }

 private:
  Organization& org_;
  Cursors cursors_;
};

/// Calls the handler of the path. REQUIRES: the lock is held as the call needs it.
ApiReply dispatch(Session& session);

ApiReply composite_api(Session& session);  ///< composite
ApiReply batch_api(Session& session);      ///< composite/batch
ApiReply graph_api(Session& session);      ///< composite/graph

}  // namespace flit::sim::salesforce
