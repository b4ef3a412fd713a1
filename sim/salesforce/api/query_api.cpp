// SOQL over REST (fact sheet §2.4): query, queryAll, query/{locator}, tooling/query.

#include <charconv>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "sim/salesforce/api/session.hpp"
#include "sim/salesforce/query/column_metadata.hpp"
#include "sim/salesforce/query/cursors.hpp"
#include "sim/salesforce/query/query_limits.hpp"
#include "sim/salesforce/query/query_plan.hpp"
#include "sim/salesforce/query/store_view.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/soql/record_writer.hpp"
#include "sim/salesforce/soql/run.hpp"

namespace flit::sim::salesforce {
namespace {

using Shape = soql::Plan::Shape;

Refusal refusal_of(const Error& error) {
  return {.code = error.code.empty() ? "MALFORMED_QUERY" : error.code, .message = error.message};
}

/// "batchSize=500": a hint, from 200 to 2,000.
std::size_t page_size(const ApiCall& call) {
  const std::string_view header = call.header("Sforce-Query-Options");
  const std::size_t at = header.find("batchSize=");
  std::size_t size = 2000;
  if (at != std::string_view::npos)
    std::from_chars(header.data() + at + 10, header.data() + header.size(), size);
  return std::clamp<std::size_t>(size, 200, 2000);
}

void append_rows(std::string& out, const Cursor& cursor, std::size_t from, std::size_t until,
                 const ApiCall& call) {
  soql::RecordWriter writer(call.version);
  for (std::size_t i = from; i < until; ++i) {
    if (i > from) out += ',';
    if (cursor.plan.shape == Shape::groups)
      writer.append(out, cursor.plan.results, cursor.groups[i]);
    else
      writer.append(out, cursor.plan.projection, {cursor.plan.object, cursor.rows[i]});
  }
}

/// One page: `locator` is empty as long as the cursor is not kept.
ApiReply page(const Cursor& cursor, const std::string& locator, std::size_t from,
              const ApiCall& call) {
  const std::size_t until = std::min(from + cursor.page, cursor.size());
  ApiReply reply;
  std::string& out = reply.body;
  const bool done = until == cursor.size();
  out = fmt::format(R"({{"totalSize":{},"done":{},)", cursor.size(), done);
  if (!done)
    out += fmt::format(R"("nextRecordsUrl":"{}/query/{}-{}",)", call.base(), locator, until);
  out += R"("records":[)";
  if (cursor.plan.shape != Shape::count) append_rows(out, cursor, from, until, call);
  out += "]}";
  reply.rows = until - from;
  return reply;
}

Answer<ApiReply> run(Session& session, bool all) {
  const auto explain = session.call.parameter("explain");
  const auto text = explain ? explain : session.call.parameter("q");
  if (!text) return refuse("MALFORMED_QUERY", "The query parameter q is missing");
  auto parsed = soql::parse(*text);
  if (!parsed) return refuse(refusal_of(parsed.error()));
  FLIT_TRY_VOID(check_query_limits(*parsed));
  const std::string user = session.call.caller.user.text();
  const soql::QueryContext context{.now_ms = session.org.now_ms(),
                                   .user = user,
                                   .deleted = all ? soql::Deleted::shown : soql::Deleted::hidden};
  auto plan = soql::bind(*parsed, session.org.view(), context);
  if (!plan) return refuse(refusal_of(plan.error()));
  if (explain) return ApiReply::json(200, explained(session.org, *plan, *text));
  if (session.call.parameter("columns").value_or("") == "true")
    return ApiReply::json(200, column_metadata(session.org, *plan, *parsed));
  auto cursor = std::make_shared<Cursor>();
  cursor->plan = std::move(*plan);
  cursor->page = page_size(session.call);
  cursor->opened_ms = session.org.now_ms();
  if (cursor->plan.shape == Shape::groups)
    cursor->groups = soql::groups_of(cursor->plan);
  else
    cursor->rows = soql::rows_of(cursor->plan);
  std::string locator;
  if (cursor->plan.shape != Shape::count && cursor->size() > cursor->page)
    locator = session.cursors.open(cursor, session.org.now_ms());
  if (cursor->plan.shape == Shape::count) cursor->page = cursor->size();
  return page(*cursor, locator, 0, session.call);
}

Answer<ApiReply> next(Session& session, std::string_view locator) {
  std::size_t offset = 0;
  const auto cursor = session.cursors.find(locator, offset, session.org.now_ms());
  if (!cursor || offset > cursor->size())
    return refuse("INVALID_QUERY_LOCATOR", "invalid query locator");
  return page(*cursor, std::string(locator.substr(0, locator.find('-'))), offset, session.call);
}

}  // namespace

ApiReply query_api(Session& session) {
  const bool tooling = session.call.segment(0) == "tooling";
  const std::string_view resource = session.call.segment(tooling ? 1 : 0);
  const std::string_view locator = session.call.segment(tooling ? 2 : 1);
  Answer<ApiReply> reply = refuse(errors::method_not_allowed(session.call.method));
  if (session.call.method == "GET" || session.call.method == "HEAD")
    reply = locator.empty() ? run(session, resource == "queryAll") : next(session, locator);
  ApiReply answer = reply ? std::move(*reply) : ApiReply::refused(reply.error());
  answer.endpoint = locator.empty() ? "/query" : "/query/{locator}";
  return answer;
}

}  // namespace flit::sim::salesforce
