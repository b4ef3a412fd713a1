// BulkDelete (fact sheet §14): a system job that deletes what a QueryExpression finds.

#include <algorithm>

#include "sim/dataverse/api/operations.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/query/column_reader.hpp"
#include "sim/dataverse/rules/direct_row.hpp"
#include "sim/dataverse/values/write_value.hpp"

namespace flit::sim::dataverse {
namespace {

struct Condition {
  const Column* column = nullptr;
  std::string operation{};
  std::vector<std::string> values{};
};

Answer<std::vector<Condition>> conditions_of(const Table& table, json::Value criteria) {
  std::vector<Condition> conditions;
  for (const json::Value each : criteria["Conditions"].elements()) {
    Condition condition;
    condition.column = table.column(each["AttributeName"].string_or(""));
    condition.operation = std::string(each["Operator"].string_or(""));
    if (condition.column == nullptr)
      return refuse(
          errors::other(400, 0x80041103, "The specified attribute does not exist on this entity."));
    if (condition.operation != "Equal" && condition.operation != "In" &&
        condition.operation != "NotNull" && condition.operation != "Null")
      return refuse(errors::invalid_argument("The operator '" + condition.operation +
                                             "' is not supported here."));
    for (const json::Value value : each["Values"].elements())
      condition.values.emplace_back(
          value["Value"].string_or(value["Value"].as_number().value_or("")));
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

bool fits(const ReadContext& context, const Table& table, const Row& row,
          const Condition& condition) {
  std::string scratch;
  const Cell cell = read_cell(context, table, row, *condition.column, scratch);
  if (condition.operation == "Null") return !cell.has_value();
  if (condition.operation == "NotNull") return cell.has_value();
  return cell.has_value() && std::find(condition.values.begin(), condition.values.end(),
                                       plain_text(cell)) != condition.values.end();
}

struct Counts {
  std::int64_t succeeded = 0;
  std::int64_t failed = 0;
};

/// Row by row, each in its own right: what is deleted stays deleted (§14).
Counts delete_found(Session& session, const Table& table,
                    const std::vector<Condition>& conditions) {
  const ReadContext context{*session.org.catalogue, *session.org.store,
                            session.org.known.business_unit};
  std::vector<Uuid> ids;
  if (const RecordTable* rows = session.org.store->find(table))
    rows->each([&](const Row& row) {
      const bool all = std::all_of(conditions.begin(), conditions.end(), [&](const Condition& one) {
        return fits(context, table, row, one);
      });
      if (all) ids.push_back(row.head.id);
      return true;
    });
  Counts counts;
  for (const Uuid& id : ids) {
    if (session.org.store->row(table, id) == nullptr) continue;
    const std::size_t mark = session.work->tx.mark();
    if (delete_row(*session.work, table, id)) {
      ++counts.succeeded;
    } else {
      session.work->tx.roll_back_to(mark);
      ++counts.failed;
    }
  }
  return counts;
}

}  // namespace

/// The job is done when the answer leaves; its state is what a finished one shows (3, 30).
Answer<ApiReply> bulk_delete(Session& session) {
  FLIT_TRY(document, read_body(session.call, "BulkDelete"));
  const json::Value body = document.root();
  Counts total;
  for (const json::Value query : body["QuerySet"].elements()) {
    const Table* table = session.org.catalogue->table(query["EntityName"].string_or(""));
    if (table == nullptr)
      return refuse(errors::other(400, 0x80041102, "The specified entity was not found."));
    FLIT_TRY(conditions, conditions_of(*table, query["Criteria"]));
    const Counts counts = delete_found(session, *table, conditions);
    total.succeeded += counts.succeeded;
    total.failed += counts.failed;
  }
  const Uuid job = session.org.ids.fresh();
  const Table& jobs = session.org.table("asyncoperation");
  const std::string name(body["JobName"].string_or("Bulk delete"));
  put_direct(*session.work, jobs, job,
             {{"name", Cell::of_text(name)}, {"operationtype", Cell::integer(13)}});
  std::unique_ptr<Row> done = session.org.store->row(jobs, job)->copy();
  done->head.state = 3;    // completed
  done->head.status = 30;  // succeeded
  session.work->tx.put(jobs, std::move(done));
  put_direct(*session.work, session.org.table("bulkdeleteoperation"), session.org.ids.fresh(),
             {{"name", Cell::of_text(name)},
              {"asyncoperationid", Cell::lookup(jobs.index, job)},
              {"successcount", Cell::integer(total.succeeded)},
              {"failurecount", Cell::integer(total.failed)}});
  json::Writer out = response_of(session, "BulkDeleteResponse");
  out.member("JobId", job.text()).end_object();
  return ApiReply::json(200, out.take());
}

}  // namespace flit::sim::dataverse
