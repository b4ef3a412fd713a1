#pragma once
/// @file BatchWriter of Dataverse: rows by bulk message or by $batch of single operations.
///
/// Both roads are first class (design.md §5): CreateMultiple and its like where the environment's
/// own sdkmessagefilters list them, all or nothing on standard tables (facts/dataverse.md §6);
/// else, and for whatever a bulk request refused, a $batch with continue-on-error in which a bad
/// row fails alone (§7). Primary ids are ours, so a repeated create answers "exists" and harms
/// nothing.
///
/// Verbs. create: POST. update: PATCH that never creates (If-Match), with the row's version where
/// one is given. upsert: PATCH. remove: DELETE. close: WinOpportunity or LoseOpportunity for an
/// opportunity's states 1 and 2 (columns statecode and statuscode; actualclosedate, actualvalue,
/// subject and description of the close), a PATCH of the state elsewhere; what is closed already
/// answers "exists". link and unlink: one column, named after the many-to-many relationship's
/// collection, whose cell refers to the other row.
///
/// Never retries, paces or sleeps. Bulk update refuses versions: UpdateMultiple ignores If-Match.

#include <memory>

#include "destinations/dataverse/metadata.hpp"
#include "destinations/dataverse/web_api.hpp"
#include "model/destination.hpp"

namespace flit::destinations::dataverse {

class BatchWriter final : public model::BatchWriter {
 public:
  /// `api` and `metadata` outlive this.
  BatchWriter(const WebApi& api, Metadata& metadata) : api_(api), metadata_(metadata) {}

  /// Bulk only for tables that were described before.
  std::optional<model::RoadLimits> limits(std::string_view table, model::Verb verb,
                                          model::Road road) const override;
  Result<model::Submission> submit(const model::RecordBatch& batch, model::Road road,
                                   std::stop_token stop) override;
  /// Always an error: Dataverse settles at once and hands out no tickets.
  Result<model::Submission> collect(const model::Ticket& ticket, std::stop_token stop) override;

 private:
  Result<model::Submission> submit_bulk(const model::RecordBatch& batch, const Table& table,
                                        std::stop_token stop) const;
  Result<model::Submission> submit_each(const model::RecordBatch& batch, const Table& table,
                                        std::stop_token stop);

  const WebApi& api_;
  Metadata& metadata_;
};

}  // namespace flit::destinations::dataverse
