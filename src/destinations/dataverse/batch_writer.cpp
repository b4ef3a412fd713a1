#include "destinations/dataverse/batch_writer.hpp"

#include <utility>

#include <fmt/format.h>

#include "destinations/dataverse/answer.hpp"
#include "destinations/dataverse/bulk_body.hpp"
#include "destinations/dataverse/operations.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::RecordBatch;
using model::RowOutcome;
using model::Submission;
using model::Verb;

std::string_view message_of(Verb verb) {
  switch (verb) {
    case Verb::create:
      return "CreateMultiple";
    case Verb::update:
      return "UpdateMultiple";
    case Verb::upsert:
      return "UpsertMultiple";
    default:
      return {};
  }
}

bool has_bulk(const Table& table, Verb verb) {
  switch (verb) {
    case Verb::create:
      return table.bulk.create;
    case Verb::update:
      return table.bulk.update;
    case Verb::upsert:
      return table.bulk.upsert;
    default:
      return false;
  }
}

/// The rows that could be written down, and what became of the others.
struct Prepared {
  std::vector<RowOutcome> outcomes;
  std::vector<Operation> pieces{};
  std::vector<std::size_t> rows{};  // of pieces
};

/// A part that never came may have been carried out.
RowOutcome unanswered(const std::string& where) {
  return failed_row(
      {.fault = Fault::ambiguous,
       .message = "the batch was answered without this row; it may have been written"},
      where);
}

Prepared prepare_each(const OperationPlan& plan, const RecordBatch& batch,
                      const http::Headers& extra) {
  Prepared prepared{.outcomes = std::vector<RowOutcome>(batch.size())};
  for (std::size_t row = 0; row < batch.size(); ++row) {
    auto operation = plan.operation(batch, row);
    if (!operation) {
      prepared.outcomes[row] = failed_row(std::move(operation).error(), where_of(batch, row));
      continue;
    }
    // Whether parts inherit the outer headers is not known (§7): every part has its own.
    for (const http::Header& header : extra) operation->headers.add(header.name, header.value);
    prepared.pieces.push_back(std::move(*operation));
    prepared.rows.push_back(row);
  }
  return prepared;
}

Result<void> check_bulk(const RecordBatch& batch, const Table& table) {
  if (!has_bulk(table, batch.verb()))
    return Error{.message = fmt::format("{} has no bulk message for {}", table.name,
                                        to_string(batch.verb())),
                 .where = table.name,
                 .remedy = "send the rows one by one (Road::individual)"};
  for (std::size_t row = 0; row < batch.size(); ++row)
    if (!batch.header(row).version.empty())
      return Error{.message = "a bulk message ignores the version that a row is to have",
                   .where = where_of(batch, row),
                   .remedy = "send conditional writes one by one (Road::individual)"};
  return {};
}

/// The ids that CreateMultiple assigned, in the order of the targets.
void take_ids(const http::Response& response, const std::vector<std::size_t>& rows,
              std::vector<RowOutcome>& outcomes) {
  const auto document = json::parse(response.body);
  if (!document) return;
  std::size_t at = 0;
  for (const json::Value id : document->root()["Ids"].elements()) {
    if (at < rows.size()) outcomes[rows[at]].id = id.string_or("");
    ++at;
  }
}

}  // namespace

std::optional<model::RoadLimits> BatchWriter::limits(std::string_view table, Verb verb,
                                                     model::Road road) const {
  if (road == model::Road::individual) {
    const RequestLimits& limits = api_.settings().batch;
    return model::RoadLimits{limits.rows, limits.suggested, limits.bytes, false};
  }
  const auto known = metadata_.known(table);
  if (!known || !has_bulk(*known, verb)) return std::nullopt;
  const RequestLimits& limits = api_.settings().bulk;
  return model::RoadLimits{limits.rows, limits.suggested, limits.bytes, true};
}

Result<Submission> BatchWriter::submit(const RecordBatch& batch, model::Road road,
                                       std::stop_token stop) {
  if (batch.empty()) return Submission{};
  FLIT_TRY(table, metadata_.table(batch.table(), stop));
  if (road == model::Road::bulk) return submit_bulk(batch, *table, std::move(stop));
  return submit_each(batch, *table, std::move(stop));
}

Result<Submission> BatchWriter::submit_bulk(const RecordBatch& batch, const Table& table,
                                            std::stop_token stop) const {
  FLIT_TRY_VOID(check_bulk(batch, table));
  FLIT_TRY(plan, RowPlan::compile(table, batch.columns()));
  BulkBody body = bulk_body(plan, batch);
  Submission submission{.outcomes = std::move(body.outcomes)};
  if (body.rows.empty()) return submission;
  const Operation operation{
      .method = http::Method::post,
      .target = fmt::format("{}/Microsoft.Dynamics.CRM.{}", table.set, message_of(batch.verb())),
      .headers = api_.bypass(),
      .body = std::move(body.text)};
  FLIT_TRY(response, api_.write(operation, std::move(stop)));
  take_ids(response, body.rows, submission.outcomes);
  submission.server_time =
      response.timing.first_byte.count() > 0 ? response.timing.first_byte : response.timing.total;
  return submission;
}

Result<Submission> BatchWriter::submit_each(const RecordBatch& batch, const Table& table,
                                            std::stop_token stop) {
  FLIT_TRY(sets, metadata_.set_names(stop));
  FLIT_TRY(plan, OperationPlan::compile(table, *sets, api_.root(), batch));
  auto prepared = prepare_each(plan, batch, api_.bypass());
  Submission submission{.outcomes = std::move(prepared.outcomes)};
  if (prepared.pieces.empty()) return submission;
  FLIT_TRY(answer, api_.batch(prepared.pieces, http::Effect::write, std::move(stop)));
  submission.server_time = answer.time;
  for (std::size_t i = 0; i < prepared.rows.size(); ++i) {
    const std::size_t row = prepared.rows[i];
    const std::string where = where_of(batch, row);
    submission.outcomes[row] =
        i < answer.parts.size()
            ? outcome_of(answer.parts[i], {batch.verb(), std::string(batch.header(row).id), where},
                         api_.now())
            : unanswered(where);
  }
  return submission;
}

Result<Submission> BatchWriter::collect(const model::Ticket& ticket, std::stop_token) {
  return Error{.message = "Dataverse settles batches at once and knows no ticket",
               .where = ticket.text()};
}

}  // namespace flit::destinations::dataverse
