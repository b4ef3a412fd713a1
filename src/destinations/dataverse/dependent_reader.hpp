#pragma once
/// @file DependentReader of Dataverse: which rows a delete would take along, or be refused for.
///
/// Every relationship in which the row's table is the parent and whose delete cascades or restricts
/// (facts/dataverse.md §14) is asked in batches of GETs: activities, notes and connections
/// included. Rows of activitypointer are left out, because each stands for a row of its own
/// activity table. A child table that cannot be queried at all is passed over only when the
/// platform says that it has no such method. Thread-safe.

#include "destinations/dataverse/metadata.hpp"
#include "destinations/dataverse/web_api.hpp"
#include "model/destination.hpp"

namespace flit::destinations::dataverse {

class DependentReader final : public model::DependentReader {
 public:
  /// `api` and `metadata` outlive this.
  DependentReader(const WebApi& api, Metadata& metadata) : api_(api), metadata_(metadata) {}

  Result<void> dependents(const model::TargetId& parent,
                          const std::function<Result<void>(const model::Dependent&)>& sink,
                          std::stop_token stop) override;

 private:
  const WebApi& api_;
  Metadata& metadata_;
};

}  // namespace flit::destinations::dataverse
