// Several requests in one (fact sheet §2.7): composite, composite/batch, composite/graph.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "sim/base/target.hpp"
#include "sim/salesforce/api/api.hpp"
#include "sim/salesforce/api/references.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/service/versions.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::size_t most_parts = 25;
constexpr std::size_t most_sets = 5;  // collections and queries among them
constexpr std::size_t most_graphs = 75;
constexpr std::size_t most_nodes = 500;

/// What a part's "url" asks for; not served versions and broken escapes are refused.
Answer<ApiCall> part_call(const ApiCall& whole, std::string_view url) {
  const auto target = Target::parse(url);
  if (!target) return refuse(errors::not_found());
  ApiCall call = whole;
  call.headers = nullptr;
  call.body = {};
  call.path = target->segments;
  call.parameters = target->parameters;
  std::size_t skip = 0;
  if (call.path.size() > 2 && call.path[0] == "services" && call.path[1] == "data") skip = 2;
  const std::string version = call.path.size() > skip ? served_version(call.path[skip]) : "";
  if (version.empty()) return refuse(errors::not_found());
  call.version = version;
  call.path.erase(call.path.begin(), call.path.begin() + static_cast<std::ptrdiff_t>(skip) + 1);
  return call;
}

Headers headers_of(json::Value members) {
  Headers headers;
  for (const auto& [name, value] : members.members())
    headers.add(std::string(name), std::string(value.string_or("")));
  return headers;
}

void append_part(std::string& out, const ApiReply& reply, std::string_view reference) {
  if (out.back() != '[') out += ',';
  out += R"({"body":)";
  out += reply.body.empty() ? "null" : reply.body;
  out += R"(,"httpHeaders":{)";
  bool first = true;
  for (const auto& [name, value] : reply.headers) {
    if (!first) out += ',';
    first = false;
    json::append_quoted(out, name);
    out += ':';
    json::append_quoted(out, value);
  }
  out += fmt::format(R"(}},"httpStatusCode":{},"referenceId":)", reply.status);
  json::append_quoted(out, reference);
  out += '}';
}

ApiReply halted(std::string_view message) {
  return ApiReply::refused({.code = "PROCESSING_HALTED", .message = std::string(message)});
}

/// The parts of one composite request or graph, in order, over one transaction.
class Parts {
 public:
  Parts(Session& session, bool all_or_none) : session_(session), all_or_none_(all_or_none) {}

  void run(json::Value requests) {
    const std::size_t mark = session_.transaction.mark();
    for (const json::Value request : requests.elements()) {
      ApiReply reply = run_one(request);
      failed = failed || reply.status >= 400;
      if (reply.status < 300)
        answers_.add(std::string(request["referenceId"].string_or("")), reply.body);
      for (const auto& [object, rows] : reply.rows_written) written[object] += rows;
      replies_.emplace_back(std::string(request["referenceId"].string_or("")), std::move(reply));
    }
    if (!failed || !all_or_none_) return;
    session_.transaction.roll_back_to(mark);
    written.clear();
    for (auto& [reference, reply] : replies_)
      if (reply.status < 300)
        reply = halted(
            "The transaction was rolled back since another operation in the same transaction "
            "failed.");
  }

  std::string json() const {
    std::string out = "[";
    for (const auto& [reference, reply] : replies_) append_part(out, reply, reference);
    return out + "]";
  }

  bool failed = false;
  std::map<std::string, std::uint64_t> written{};

 private:
  ApiReply run_one(json::Value request) {
    if (failed && all_or_none_)
      return halted(
          "The transaction was rolled back since another operation in the same transaction "
          "failed.");
    const auto url = answers_.resolve(request["url"].string_or(""));
    const std::string text =
        request["body"].exists() && !request["body"].is_null() ? request["body"].dump() : "";
    const auto body = answers_.resolve(text);
    if (!url || !body)
      return halted(
          "Invalid reference specified. No value for a referenced field found in an earlier "
          "request.");
    auto call = part_call(session_.call, *url);
    if (!call) return ApiReply::refused(call.error());
    if (call->segment(0) == "composite" && call->segment(1) != "sobjects" &&
        call->segment(1) != "tree")
      return ApiReply::refused(
          {.code = "INVALID_INPUT", .message = "A composite request cannot hold another"});
    call->method = std::string(request["method"].string_or("GET"));
    call->body = *body;
    const Headers headers = headers_of(request["httpHeaders"]);
    call->headers = &headers;
    Session part{session_.org, session_.transaction, session_.cursors, *call};
    return dispatch(part);
  }

  Session& session_;
  bool all_or_none_;
  Answers answers_;
  std::vector<std::pair<std::string, ApiReply>> replies_;
};

bool is_set(json::Value request) {
  const std::string_view url = request["url"].string_or("");
  return url.find("/query") != std::string_view::npos ||
         url.find("/composite/") != std::string_view::npos;
}

/// Ids of parts are unique and of the right letters.
Answer<void> check_parts(json::Value requests, std::size_t most) {
  if (!requests.is_array()) return refuse(errors::parse_error("A list of requests was expected"));
  if (requests.size() > most)
    return refuse("LIMIT_EXCEEDED", fmt::format("Limit of {} subrequests exceeded", most));
  std::set<std::string_view> seen;
  for (const json::Value request : requests.elements()) {
    const std::string_view reference = request["referenceId"].string_or("");
    if (!is_reference_id(reference))
      return refuse("INVALID_INPUT", fmt::format("Invalid reference id: '{}'", reference));
    if (!seen.insert(reference).second)
      return refuse("INVALID_INPUT", fmt::format("Duplicate reference id: '{}'", reference));
  }
  return {};
}

Answer<ApiReply> run_composite(Session& session) {
  FLIT_TRY(document, read_body(session.call.body));
  const json::Value root = document.root();
  const json::Value requests = root["compositeRequest"];
  FLIT_TRY_VOID(check_parts(requests, most_parts));
  std::size_t sets = 0;
  for (const json::Value request : requests.elements()) sets += is_set(request) ? 1U : 0U;
  if (sets > most_sets)
    return refuse("LIMIT_EXCEEDED",
                  fmt::format("Limit of {} queries and collections exceeded", most_sets));
  Parts parts(session, root["allOrNone"].as_boolean().value_or(false));
  parts.run(requests);
  ApiReply reply = ApiReply::json(200, R"({"compositeResponse":)" + parts.json() + "}");
  reply.rows_written = std::move(parts.written);
  return reply;
}

/// Independent of each other: each keeps what it did.
Answer<ApiReply> run_batch(Session& session) {
  FLIT_TRY(document, read_body(session.call.body));
  const json::Value requests = document.root()["batchRequests"];
  if (!requests.is_array()) return refuse(errors::parse_error("A list of requests was expected"));
  if (requests.size() > most_parts)
    return refuse("LIMIT_EXCEEDED", fmt::format("Limit of {} subrequests exceeded", most_parts));
  const bool halt = document.root()["haltOnError"].as_boolean().value_or(false);
  bool failed = false;
  ApiReply whole;
  std::string results;
  for (const json::Value request : requests.elements()) {
    ApiReply reply = ApiReply::refused({.status = 412,
                                        .code = "BATCH_PROCESSING_HALTED",
                                        .message = "Batch processing halted per request"});
    const std::string body = request["richInput"].exists() ? request["richInput"].dump() : "";
    if (!failed || !halt) {
      auto call = part_call(session.call, request["url"].string_or(""));
      if (call) {
        call->method = std::string(request["method"].string_or("GET"));
        call->body = body;
        Session part{session.org, session.transaction, session.cursors, *call};
        reply = dispatch(part);
      } else {
        reply = ApiReply::refused(call.error());
      }
    }
    failed = failed || reply.status >= 400;
    for (const auto& [object, rows] : reply.rows_written) whole.rows_written[object] += rows;
    results += fmt::format(R"({}{{"statusCode":{},"result":{}}})", results.empty() ? "" : ",",
                           reply.status, reply.body.empty() ? "null" : reply.body);
  }
  whole.body = fmt::format(R"({{"hasErrors":{},"results":[{}]}})", failed, results);
  return whole;
}

/// Each graph all or none, graphs independent of each other.
Answer<ApiReply> run_graphs(Session& session) {
  FLIT_TRY(document, read_body(session.call.body));
  const json::Value graphs = document.root()["graphs"];
  if (!graphs.is_array()) return refuse(errors::parse_error("A list of graphs was expected"));
  std::size_t nodes = 0;
  for (const json::Value graph : graphs.elements()) nodes += graph["compositeRequest"].size();
  if (graphs.size() > most_graphs || nodes > most_nodes)
    return refuse("LIMIT_EXCEEDED",
                  fmt::format("Limit of {} graphs and {} nodes exceeded", most_graphs, most_nodes));
  ApiReply whole;
  whole.body = R"({"graphs":[)";
  for (const json::Value graph : graphs.elements()) {
    FLIT_TRY_VOID(check_parts(graph["compositeRequest"], most_nodes));
    Parts parts(session, true);
    parts.run(graph["compositeRequest"]);
    if (whole.body.back() == '}') whole.body += ',';
    whole.body += R"({"graphId":)";
    json::append_quoted(whole.body, graph["graphId"].string_or(""));
    whole.body += R"(,"graphResponse":{"compositeResponse":)" + parts.json();
    whole.body += fmt::format(R"(}},"isSuccessful":{}}})", !parts.failed);
    for (const auto& [object, rows] : parts.written) whole.rows_written[object] += rows;
  }
  whole.body += "]}";
  return whole;
}

template <typename Run>
ApiReply answer(Session& session, const Run& run, std::string endpoint) {
  Answer<ApiReply> reply = refuse(errors::method_not_allowed(session.call.method));
  if (session.call.method == "POST") reply = run(session);
  ApiReply done = reply ? std::move(*reply) : ApiReply::refused(reply.error());
  done.endpoint = std::move(endpoint);
  return done;
}

}  // namespace

ApiReply composite_api(Session& session) {
  return answer(session, run_composite, "/composite");
}

ApiReply batch_api(Session& session) {
  return answer(session, run_batch, "/composite/batch");
}

ApiReply graph_api(Session& session) {
  return answer(session, run_graphs, "/composite/graph");
}

}  // namespace flit::sim::salesforce
