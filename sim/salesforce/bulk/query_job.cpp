#include "sim/salesforce/bulk/query_job.hpp"

#include <algorithm>
#include <optional>

#include "sim/salesforce/soql/run.hpp"

namespace flit::sim::salesforce::bulk {
namespace {

using soql::FieldType;
using soql::Plan;
using soql::SelectItem;

/// Refusals by shape come before names are looked up.
Result<void> check_shape(const soql::Query& query) {
  const auto refused = [](std::string_view what) {
    return job_fault("API_ERROR", std::string(what) + " is not supported by Bulk API queries");
  };
  if (!query.group_by.empty()) return refused("GROUP BY");
  if (query.offset) return refused("OFFSET");
  for (const SelectItem& item : query.select) {
    if (item.kind == SelectItem::Kind::type_of) return refused("TYPEOF");
    if (item.kind == SelectItem::Kind::sub_query) return refused("A nested query");
    if (item.kind == SelectItem::Kind::operand && is_aggregate(item.operand.function))
      return refused("An aggregate function");
  }
  return {};
}

Result<void> check_columns(const Plan& plan) {
  for (const soql::Column& column : plan.columns) {
    const FieldType type = column.path.field.type;
    if (type == FieldType::compound || type == FieldType::blob)
      return job_fault("API_ERROR",
                       "Selecting compound or binary data is not supported in Bulk "
                       "queries: " +
                           column.name);
  }
  return {};
}

Result<Plan> planned(const soql::Query& query, bool deleted, const soql::SchemaView& schema,
                     soql::QueryContext context) {
  if (deleted) context.deleted = soql::Deleted::shown;
  FLIT_TRY(plan, soql::bind(query, schema, context));
  FLIT_TRY_VOID(check_columns(plan));
  return plan;
}

void append_row(CsvRows& out, const Plan& plan, soql::Row row, const CsvFormat& format,
                std::string& scratch) {
  out.starts.push_back(out.text.size());
  bool first = true;
  for (const soql::Column& column : plan.columns) {
    if (!first) out.text += format.delimiter;
    first = false;
    scratch.clear();
    const soql::Value value = read(column.path, {plan.object, row}, scratch);
    if (value.kind == soql::Value::Kind::text) {
      append_quoted_cell(out.text, value.text);
      continue;
    }
    out.text += '"';
    append_text(out.text, value, column.path.type() == FieldType::integer, soql::InstantZone::z);
    out.text += '"';
  }
  out.text += format.end_of_line();
}

}  // namespace

std::string_view CsvRows::rows(std::uint64_t from, std::uint64_t count) const {
  if (from >= size()) return {};
  const std::size_t begin = starts[from];
  const std::uint64_t to = std::min(size(), from + count);
  const std::size_t end = to == size() ? text.size() : starts[to];
  return std::string_view(text).substr(begin, end - begin);
}

Result<std::string> check_query(const std::string& query, bool deleted,
                                const RecordReader& reader) {
  FLIT_TRY(parsed, soql::parse(query));
  FLIT_TRY_VOID(check_shape(parsed));
  std::optional<Result<std::string>> object;
  reader.read([&](const soql::SchemaView& schema, const soql::QueryContext& context) {
    auto plan = planned(parsed, deleted, schema, context);
    if (plan)
      object = std::string(plan->object->name());
    else
      object = Result<std::string>(std::move(plan).error());
  });
  return *object;
}

Result<CsvRows> run_query(const std::string& query, bool deleted, const CsvFormat& format,
                          const RecordReader& reader) {
  FLIT_TRY(parsed, soql::parse(query));
  FLIT_TRY_VOID(check_shape(parsed));
  CsvRows out;
  std::optional<Error> error;
  reader.read([&](const soql::SchemaView& schema, const soql::QueryContext& context) {
    auto plan = planned(parsed, deleted, schema, context);
    if (!plan) {
      error = std::move(plan).error();
      return;
    }
    for (const soql::Column& column : plan->columns) {
      if (!out.header.empty()) out.header += format.delimiter;
      append_quoted_cell(out.header, column.name);
    }
    out.header += format.end_of_line();
    const auto rows = rows_of(*plan);
    out.starts.reserve(rows.size());
    std::string scratch;
    for (const soql::Row row : rows) append_row(out, *plan, row, format, scratch);
  });
  if (error) return *error;
  return out;
}

std::string QueryJob::info(bool whole) const {
  json::Writer out;
  out.begin_object();
  write_head(out, head, deleted ? "queryAll" : "query");
  if (whole) {
    out.member("jobType", "V2Query").member("numberRecordsProcessed", head.processed);
    out.member("retries", 0).member("totalProcessingTime", 0);
    out.member("isPkChunkingSupported", true);
    if (!head.error.empty()) out.member("errorMessage", head.error);
  }
  return out.end_object().take();
}

}  // namespace flit::sim::salesforce::bulk
