#pragma once
/// @file The Web API without HTTP: one operation in, one answer out.
///
/// Finds the handler by path and method, holds the lock (shared for reads, exclusive for writes)
/// and the transaction around it. Thread-safe. Fact sheet §3, §6, §11, §13.

#include "sim/dataverse/api/api_call.hpp"
#include "sim/dataverse/metadata_api/metadata_lock.hpp"

namespace flit::sim::dataverse {

class Api {
 public:
  explicit Api(Organization& org) : org_(org) {}

  /// `open`: the transaction of a change set, whose owner holds the exclusive lock; null outside.
  ApiReply run(const ApiCall& call, Transaction* open = nullptr);

 private:
  Answer<ApiReply> run_read(const ApiCall& call, const Target& target);
  Answer<ApiReply> run_write(const ApiCall& call, const Target& target, Transaction* open);

  Organization& org_;
  MetadataLock metadata_lock_;
};

/// The refusal as an answer.
ApiReply reply_of(const Refusal& refusal, const ApiCall& call);

}  // namespace flit::sim::dataverse
