#include "destinations/dataverse/bulk_body.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::RecordBatch;
using model::RowOutcome;

Result<void> write_target(json::Writer& out, const RowPlan& plan, const std::string& type,
                          const RecordBatch& batch, std::size_t row) {
  out.clear();
  out.begin_object().member("@odata.type", type);
  const model::RowHeader& header = batch.header(row);
  if (!header.id.empty()) out.member(plan.table().primary_id, header.id);
  FLIT_TRY_VOID(plan.append(out, batch.row(row), batch.verb()));
  out.end_object();
  return {};
}

}  // namespace

BulkBody bulk_body(const RowPlan& plan, const RecordBatch& batch) {
  BulkBody body{.text = {}, .outcomes = std::vector<RowOutcome>(batch.size())};
  const std::string type = "Microsoft.Dynamics.CRM." + plan.table().name;
  json::Writer targets;
  targets.begin_object().key("Targets").begin_array();
  json::Writer target;  // a row that cannot be written down leaves half of itself
  for (std::size_t row = 0; row < batch.size(); ++row) {
    auto written = write_target(target, plan, type, batch, row);
    if (!written) {
      body.outcomes[row] = failed_row(std::move(written).error(), where_of(batch, row));
      continue;
    }
    targets.raw(target.view());
    body.rows.push_back(row);
  }
  targets.end_array().end_object();
  body.text = targets.take();
  return body;
}

RowOutcome failed_row(Error error, std::string where) {
  error.where = error.where.empty() ? std::move(where) : where + " › " + error.where;
  return {.kind = RowOutcome::Kind::failed, .error = std::move(error)};
}

std::string where_of(const RecordBatch& batch, std::size_t row) {
  return fmt::format("{} {}", batch.table(), batch.header(row).id);
}

}  // namespace flit::destinations::dataverse
