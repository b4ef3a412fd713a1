#include "destinations/dataverse/operations.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/time.hpp"

namespace flit::destinations::dataverse {
namespace {

using model::RecordBatch;
using model::Value;
using model::Verb;

/// The cell of a column that the batch may not have; absent then.
Value cell_of(const RecordBatch& batch, std::size_t row, std::string_view column) {
  for (std::size_t i = 0; i < batch.columns().size(); ++i)
    if (batch.columns()[i] == column) return batch.at(row, i);
  return {};
}

std::optional<std::int64_t> whole_in(const Value& value) {
  if (value.kind() == Value::Kind::integer) return value.as_integer();
  std::int64_t number = 0;
  if (value.kind() != Value::Kind::text) return {};
  const std::string_view text = value.as_text();
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} ? std::optional(number) : std::nullopt;
}

/// The activity that closing makes (§12): what happened when, and for how much.
Result<void> append_close(json::Writer& out, const RecordBatch& batch, std::size_t row) {
  const Value ended = cell_of(batch, row, "actualclosedate");
  if (ended.kind() == Value::Kind::date)
    out.member("actualend", format_date(Date(ended.as_date())) + "T00:00:00Z");
  if (ended.kind() == Value::Kind::instant)
    out.member("actualend", format_instant(ended.as_instant()));
  const Value revenue = cell_of(batch, row, "actualvalue");
  if (revenue.kind() == Value::Kind::decimal)
    out.key("actualrevenue").number(revenue.as_decimal().text());
  if (revenue.kind() == Value::Kind::integer) out.member("actualrevenue", revenue.as_integer());
  const Value description = cell_of(batch, row, "description");
  if (description.kind() == Value::Kind::text) out.member("description", description.as_text());
  return {};
}

}  // namespace

Result<OperationPlan> OperationPlan::compile(const Table& table, const SetNames& sets,
                                             std::string root, const RecordBatch& batch) {
  OperationPlan plan(table, sets, std::move(root));
  const Verb verb = batch.verb();
  const bool has_body =
      verb != Verb::link && verb != Verb::unlink && verb != Verb::remove && verb != Verb::close;
  if (has_body || (verb == Verb::close && table.name != "opportunity")) {
    FLIT_TRY(rows, RowPlan::compile(table, batch.columns()));
    plan.rows_.push_back(std::move(rows));
  }
  return plan;
}

Result<Operation> OperationPlan::operation(const RecordBatch& batch, std::size_t row) const {
  switch (batch.verb()) {
    case Verb::close:
      return close(batch, row);
    case Verb::link:
    case Verb::unlink:
      return link(batch, row);
    default:
      return change(batch, row);
  }
}

Result<std::string> OperationPlan::row_address(const model::RowHeader& header) const {
  return address_of(table_.set, {.table = table_.name, .id = header.id});
}

Result<std::string> OperationPlan::body(const RecordBatch& batch, std::size_t row) const {
  json::Writer out;
  out.begin_object();
  const auto id = batch.header(row).id;
  if (batch.verb() == Verb::create && !id.empty()) out.member(table_.primary_id, id);
  FLIT_TRY_VOID(rows_.front().append(out, batch.row(row), batch.verb()));
  out.end_object();
  return out.take();
}

Result<Operation> OperationPlan::change(const RecordBatch& batch, std::size_t row) const {
  const model::RowHeader& header = batch.header(row);
  Operation made;
  if (batch.verb() == Verb::create) {
    made.method = http::Method::post;
    made.target = table_.set;
  } else {
    FLIT_TRY(address, row_address(header));
    made.method = batch.verb() == Verb::remove ? http::Method::del : http::Method::patch;
    made.target = std::move(address);
  }
  if (batch.verb() == Verb::remove) {
    if (!header.version.empty()) made.headers.add("If-Match", header.version);
    return made;
  }
  // Without If-Match a PATCH creates what is missing (§3).
  if (batch.verb() == Verb::update || batch.verb() == Verb::close)
    made.headers.add("If-Match", header.version.empty() ? "*" : header.version);
  FLIT_TRY(text, body(batch, row));
  made.body = std::move(text);
  return made;
}

Result<Operation> OperationPlan::close(const RecordBatch& batch, std::size_t row) const {
  if (table_.name != "opportunity") return change(batch, row);
  const auto state = whole_in(cell_of(batch, row, "statecode"));
  const auto status = whole_in(cell_of(batch, row, "statuscode"));
  if (!state || *state < 0 || *state > 2)
    return Error{.message = "closing an opportunity needs statecode 0, 1 or 2",
                 .where = "opportunity.statecode"};
  FLIT_TRY(address, row_address(batch.header(row)));
  json::Writer out;
  if (*state == 0) {
    out.begin_object().member("statecode", 0).member("statuscode", status.value_or(1));
    out.end_object();
    return Operation{.method = http::Method::patch,
                     .target = address,
                     .headers = {{"If-Match", "*"}},
                     .body = out.take()};
  }
  const bool won = *state == 1;
  const Value subject = cell_of(batch, row, "subject");
  out.begin_object().member("Status", status.value_or(won ? 3 : 4));
  out.key("OpportunityClose").begin_object();
  out.member("subject",
             subject.kind() == Value::Kind::text ? subject.as_text() : (won ? "Won" : "Lost"));
  out.member("opportunityid@odata.bind", "/" + address);
  FLIT_TRY_VOID(append_close(out, batch, row));
  out.end_object().end_object();
  return Operation{.method = http::Method::post,
                   .target = won ? "WinOpportunity" : "LoseOpportunity",
                   .body = out.take()};
}

Result<Operation> OperationPlan::link(const RecordBatch& batch, std::size_t row) const {
  const Value& other = batch.at(row, 0);
  if (batch.columns().size() != 1 || other.kind() != Value::Kind::reference)
    return Error{.message = "a link needs one column that refers to the other row",
                 .where = table_.name};
  const auto set = sets_.find(other.as_reference().table);
  if (set == sets_.end())
    return Error{.message = fmt::format("there is no table {}", other.as_reference().table),
                 .where = table_.name};
  FLIT_TRY(address, row_address(batch.header(row)));
  const std::string collection = fmt::format("{}/{}", address, batch.columns()[0]);
  if (batch.verb() == Verb::unlink) {
    FLIT_TRY(far, address_of("", other.as_reference()));
    return Operation{.method = http::Method::del, .target = collection + far + "/$ref"};
  }
  FLIT_TRY(far, address_of(set->second.set, other.as_reference()));
  json::Writer out;
  out.begin_object().member("@odata.id", root_ + "/" + far).end_object();
  return Operation{
      .method = http::Method::post, .target = collection + "/$ref", .body = out.take()};
}

}  // namespace flit::destinations::dataverse
