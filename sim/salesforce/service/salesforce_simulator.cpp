#include "sim/salesforce/service/salesforce_simulator.hpp"

#include <mutex>

#include <fmt/format.h>

#include "sim/base/snapshot.hpp"
#include "sim/salesforce/api/answer_form.hpp"
#include "sim/salesforce/bulk/multipart.hpp"
#include "sim/salesforce/schema/errors.hpp"
#include "sim/salesforce/service/faults.hpp"
#include "sim/salesforce/service/people.hpp"
#include "sim/salesforce/service/schema_file.hpp"
#include "sim/salesforce/service/state_digest.hpp"
#include "sim/salesforce/service/state_snapshot.hpp"
#include "sim/salesforce/service/versions.hpp"

namespace flit::sim::salesforce {
namespace {

constexpr std::size_t longest_uri = 16'384;  // fact sheet §2.1, headers included
constexpr std::size_t longest_text = 50UL
                                     << 20U;  // §7: JSON with base64 in it; forms may be longer
constexpr std::chrono::seconds long_request{20};

Response response_of(ApiReply reply) {
  Response response{.status = reply.status};
  for (auto& [name, value] : reply.headers) response.headers.add(std::move(name), std::move(value));
  if (!reply.body.empty()) response.headers.set("Content-Type", reply.content_type);
  response.body = std::move(reply.body);
  response.endpoint = std::move(reply.endpoint);
  return response;
}

Response response_of(const Refusal& refusal) {
  return response_of(ApiReply::refused(refusal));
}

/// 414 and 431; nothing when both fit.
std::optional<Response> too_long(const Request& request) {
  std::size_t size = request.target.raw.size();
  if (size > longest_uri) return Response::plain(414, "URI Too Long");
  for (const Header& header : request.headers) size += header.name.size() + header.value.size() + 4;
  if (size > longest_uri) return Response::plain(431, "Request Header Fields Too Large");
  return std::nullopt;
}

/// Plain text, as the identity addresses answer (§1.2).
Response forbidden(std::string text) {
  Response response{.status = 403, .body = std::move(text)};
  response.headers.set("Content-Type", "text/html;charset=UTF-8");
  return response;
}

}  // namespace

SalesforceSimulator::SalesforceSimulator(SimulatorSettings settings,
                                         const Surroundings& surroundings)
    : settings_(std::move(settings)),
      surroundings_(surroundings),
      org_(settings_.organization, surroundings.clock),
      sessions_(settings_.organization.seed, org_.known.organization, org_.known.user),
      oauth_(org_, sessions_),
      partner_(org_, sessions_),
      api_(org_),
      bulk_(org_, surroundings_,
            {.limits = settings_.limits,
             .cost_per_row =
                 settings_.limits ? settings_.cost.per_written : std::chrono::microseconds(0)}),
      setup_(org_) {
  org_.set_rules(settings_.rules);
}

SalesforceSimulator::~SalesforceSimulator() = default;

Result<void> SalesforceSimulator::load() {
  if (!settings_.snapshot.empty() && file_exists(settings_.snapshot))
    return load_snapshot(org_, settings_.snapshot);
  if (settings_.schema.empty()) return {};
  const std::unique_lock lock(org_.mutex);
  return load_schema(org_, settings_.schema);
}

Access SalesforceSimulator::access() const {
  return {.token_path = "/services/oauth2/token",
          .client_id = org_.settings.client_id,
          .client_secret = org_.settings.client_secret,
          .access_token = sessions_.lasting()};
}

std::string SalesforceSimulator::root_of(const Request& request) const {
  const auto host = request.headers.find("Host");
  return host && !host->empty() ? "http://" + std::string(*host) : url_;
}

Response SalesforceSimulator::handle(const Request& request) {
  const auto& target = request.target;
  if (auto refused = too_long(request)) return std::move(*refused);
  if (target.segment(0) == "services" && target.segment(1) == "oauth2") {
    if (target.segment(2) == "token") return oauth_.token(request, root_of(request));
    if (target.segment(2) == "revoke") return oauth_.revoke(request);
  }
  if (target.segment(0) == "services" && target.segment(1) == "Soap" && target.segment(2) == "u")
    return partner_soap(request);
  if (target.segment(0) == "services" && target.segment(1) == "data" && target.segments.size() == 2)
    return response_of(ApiReply::json(200, versions_json()));  // neither authenticated nor counted
  if (target.segment(0) == "services" && target.segment(1) == "async") return async(request);
  if (target.segment(0) == "services" && target.segment(1) == "Soap" && target.segment(2) == "m")
    return metadata_soap(request);
  return authenticated(request);
}

/// Its session is in the envelope; the call counts and fails like any other.
Response SalesforceSimulator::partner_soap(const Request& request) {
  const auto injected = request.injected ? injected_refusal(*request.injected) : std::nullopt;
  if (const auto refusal = over_limit()) return PartnerSoap::fault(refusal->code, refusal->message);
  if (injected) return PartnerSoap::fault(injected->code, injected->message);
  return partner_.handle(request, root_of(request));
}

/// The session id stands in the envelope (§1.3).
Response SalesforceSimulator::metadata_soap(const Request& request) {
  const auto user = sessions_.user_of(SetupApi::session_of(request), org_.now_ms());
  if (!user)
    return SetupApi::soap_fault("INVALID_SESSION_ID",
                                "Invalid Session ID found in SessionHeader: Illegal Session");
  if (const auto refusal = over_limit())
    return SetupApi::soap_fault(refusal->code, refusal->message);
  const auto injected = request.injected ? injected_refusal(*request.injected) : std::nullopt;
  if (injected) return SetupApi::soap_fault(injected->code, injected->message);
  Response response = setup_.soap(request, *user);
  response.endpoint = "/services/Soap/m";
  return response;
}

/// Bulk 1.0 says everything in XML of its own (§5), a session that is over, too (§1.3).
Response SalesforceSimulator::async(const Request& request) {
  const auto injected = request.injected ? injected_refusal(*request.injected) : std::nullopt;
  const auto user = sessions_.user_of(token_of(request), org_.now_ms());
  if (!user || (injected && injected->code == "INVALID_SESSION_ID"))
    return bulk::AsyncService::error(400, "InvalidSessionId", "Invalid session id");
  if (const auto refusal = over_limit())
    return bulk::AsyncService::error(403, "ExceededQuota", refusal->message);
  if (injected)
    return bulk::AsyncService::error(injected->status, injected->code, injected->message);
  const std::string version = served_version("v" + std::string(request.target.segment(2)));
  if (version.empty())
    return bulk::AsyncService::error(400, "InvalidVersion", "Invalid API version");
  return bulk_.async(request, *user, version);
}

/// Everything that needs a session: one that is missing or over is the platform's 401, or 403 at
/// the identity address.
Response SalesforceSimulator::authenticated(const Request& request) {
  const auto& target = request.target;
  const bool identity = target.segment(0) == "id";
  const bool expired = request.injected && request.injected->kind == FaultKind::unauthorized;
  const std::string_view token = token_of(request);
  const auto user = expired ? std::nullopt : sessions_.user_of(token, org_.now_ms());
  if (!user && (identity || target.segment(1) == "oauth2"))
    return forbidden(token.empty() ? "Missing_OAuth_Token" : "Bad_OAuth_Token");
  if (!user) return response_of(errors::session_expired());
  if (identity) return oauth_.identity(*user, root_of(request));
  if (target.segment(1) == "oauth2" && target.segment(2) == "userinfo")
    return oauth_.user_info(*user, root_of(request));
  if (target.segment(0) != "services" || target.segment(1) != "data")
    return response_of(errors::not_found());
  const std::string version = served_version(target.segment(2));
  if (version.empty()) return response_of(errors::not_found());
  return data(request, *user, version);
}

/// REQUEST_LIMIT_EXCEEDED, daily or for long requests; the call is counted either way.
std::optional<Refusal> SalesforceSimulator::over_limit() {
  const bool left = org_.limits->take_request(org_.now());
  if (!settings_.limits) return std::nullopt;
  if (!left && is_hard_limit(org_.settings)) {
    surroundings_.stats.count_throttled("TotalRequests");
    return errors::request_limit("TotalRequests");
  }
  const Tick now = surroundings_.clock.tick();
  const std::size_t running = long_requests_.with([&](auto& ends) {
    ends.erase(ends.begin(), ends.upper_bound(now));
    return ends.size();
  });
  if (running < long_requests(org_.settings.edition)) return std::nullopt;
  surroundings_.stats.count_throttled("ConcurrentPerOrgLongTxn");
  return errors::request_limit("ConcurrentPerOrgLongTxn");
}

Response SalesforceSimulator::data(const Request& request, RecordId user,
                                   const std::string& version) {
  Response response;
  const auto injected = request.injected ? injected_refusal(*request.injected) : std::nullopt;
  if (const auto refusal = over_limit())
    response = response_of(*refusal);
  else if (injected)
    response = response_of(*injected);
  else if (request.target.segment(3) == "jobs")
    response = bulk_.jobs(request, user, version);
  else
    response = run_api(request, user, version);
  response.headers.add("Sforce-Limit-Info", org_.limits->limit_info(org_.now()));
  return response;
}

Response SalesforceSimulator::run_api(const Request& request, RecordId user,
                                      const std::string& version) {
  ApiCall call;
  call.method = request.method;
  call.version = version;
  call.path.assign(request.target.segments.begin() + 3, request.target.segments.end());
  call.parameters = request.target.parameters;
  call.headers = &request.headers;
  call.body = request.body;
  call.root = root_of(request);
  call.caller = {.user = user};
  if (request.body.size() > longest_text &&
      !bulk::is_multipart(request.headers.value_or("Content-Type", "")))
    return Response::plain(413, "Request Entity Too Large");
  call.partial = request.injected && request.injected->kind == FaultKind::partial;
  std::string as_json;  // of a body in XML
  if (call.segment(0) == "sobjects" &&
      call.header("Content-Type").find("/xml") != std::string::npos) {
    auto read = json_of_xml(call.body);
    if (!read) return response_of(errors::parse_error(read.error().message));
    as_json = std::move(*read);
    call.body = as_json;
  }
  auto set_up = setup_.run(call);
  ApiReply reply = set_up ? std::move(*set_up) : api_.run(call);
  give_form(call, reply);
  Response response;
  account(reply, response);
  Response answer = response_of(std::move(reply));
  answer.fate = response.fate;
  return answer;
}

/// Counts what was written and books the time it took.
void SalesforceSimulator::account(const ApiReply& reply, Response& response) {
  std::uint64_t written = 0;
  for (const auto& [object, rows] : reply.rows_written) {
    surroundings_.stats.add_rows_written(object, rows);
    written += rows;
  }
  const auto cost = settings_.cost.of(written, reply.rows > written ? reply.rows - written : 0);
  surroundings_.stats.add_execution(cost);
  if (!settings_.limits) return;
  response.fate.delay = cost;
  if (cost >= long_request)
    long_requests_.with([&](auto& ends) { ends.insert(surroundings_.clock.tick() + cost); });
}

DigestReport SalesforceSimulator::digest() const {
  return digest_of(org_);
}

Result<std::string> SalesforceSimulator::edit(json::Value edits) {
  return edit_as_person(org_, edits);
}

void SalesforceSimulator::reset() {
  bulk_.reset();  // takes the lock of the jobs, which comes before that of the org
  setup_.reset();
  const std::unique_lock lock(org_.mutex);
  api_.clear();
  org_.reset();
  if (!settings_.schema.empty())
    (void)load_schema(org_, settings_.schema);  // it was fine at the start
  long_requests_.with([](auto& ends) { ends.clear(); });
}

/// Requests below 20 seconds may run beside each other without limit (§2.8); what is left of the
/// platform's limits is the day: ingest batches of 10,000 rows (§3).
double SalesforceSimulator::best_rows_per_second() const {
  if (!settings_.limits) return 0;
  constexpr double rows_per_batch = 10'000, seconds_per_day = 86'400;
  return static_cast<double>(daily_limits(org_.settings.edition).bulk_batches) * rows_per_batch /
         seconds_per_day;
}

void SalesforceSimulator::add_stats(json::Writer& out) const {
  const std::shared_lock lock(org_.mutex);
  out.member("store_bytes", org_.store->memory());
}

Result<void> SalesforceSimulator::save() {
  if (settings_.snapshot.empty()) return {};
  return save_snapshot(org_, settings_.snapshot);
}

}  // namespace flit::sim::salesforce
