#pragma once
/// @file DependentReader of Dataverse: which rows a delete would take along, be refused for, or cut
/// loose.
///
/// Every relationship in which the rows' table is the parent and whose delete cascades or restricts
/// (facts/dataverse.md §14) is asked for many parents at once, in batches of GETs: activities,
/// notes and connections included. A GET inside a batch may have 65,536 characters (§7), which
/// holds well over a thousand ids. Each comes with who wrote it last, where its
/// table has modifiedby. Rows of activitypointer are left out, because each stands for a
/// row of its own activity table. A child table that cannot be queried at all is passed over only
/// when the platform says that it has no such method. Thread-safe.

#include "destinations/dataverse/metadata.hpp"
#include "destinations/dataverse/web_api.hpp"
#include "model/destination.hpp"

namespace flit::destinations::dataverse {

class DependentReader final : public model::DependentReader {
 public:
  /// `api` and `metadata` outlive this.
  DependentReader(const WebApi& api, Metadata& metadata) : api_(api), metadata_(metadata) {}

  Result<void> dependents(const model::DependentQuery& query,
                          const std::function<Result<void>(const model::Dependent&)>& sink,
                          std::stop_token stop) override;

 private:
  const WebApi& api_;
  Metadata& metadata_;
};

}  // namespace flit::destinations::dataverse
