#include "sim/dataverse/service/dataverse_simulator.hpp"

#include <mutex>

#include <fmt/format.h>

#include "sim/base/snapshot.hpp"
#include "sim/dataverse/errors/errors.hpp"
#include "sim/dataverse/service/batch_service.hpp"
#include "sim/dataverse/service/people.hpp"
#include "sim/dataverse/service/state_digest.hpp"
#include "sim/dataverse/service/state_snapshot.hpp"

namespace flit::sim::dataverse {
namespace {

constexpr std::size_t longest_url = 32'768;  // fact sheet §7; longer ones only inside a batch

Response response_of(ApiReply reply) {
  Response response{.status = reply.status};
  for (auto& [name, value] : reply.headers) response.headers.add(std::move(name), std::move(value));
  response.headers.add("OData-Version", "4.0");
  if (!reply.body.empty()) response.headers.set("Content-Type", reply.content_type);
  response.body = std::move(reply.body);
  return response;
}

/// A fault that the platform itself must phrase (§9); none for kinds that the frame acts out.
std::optional<Refusal> injected_refusal(const InjectedFault& fault) {
  const int seconds = fault.wait ? static_cast<int>(fault.wait->count() / 1000) : 0;
  switch (fault.kind) {
    case FaultKind::throttled: {
      Refusal refusal = errors::other(
          429, 0x80072322,
          "Number of requests exceeded the limit of 6000 over time window of 300 seconds.");
      refusal.retry_after_s = seconds > 0 ? seconds : 5;
      return refusal;
    }
    case FaultKind::unavailable: {
      Refusal refusal = errors::other(503, 0x80044151, "SQL timeout expired.");
      if (seconds > 0) refusal.retry_after_s = seconds;
      return refusal;
    }
    case FaultKind::lock:
      return errors::other(500, 0x80044339, "Database resource lock could not be obtained");
    case FaultKind::partial:
      return errors::unexpected();
    default:
      return std::nullopt;
  }
}

}  // namespace

DataverseSimulator::DataverseSimulator(SimulatorSettings settings, const Surroundings& surroundings)
    : settings_(std::move(settings)),
      surroundings_(surroundings),
      org_(settings_.organization, surroundings.clock),
      identities_(org_),
      api_(org_),
      protection_(settings_.protection, surroundings.stats) {}

void DataverseSimulator::served_at(const std::string& url) {
  url_ = url;
}

Access DataverseSimulator::access() const {
  return {.token_path = "/simulated/oauth2/v2.0/token",
          .client_id = org_.settings.client_id,
          .client_secret = org_.settings.client_secret,
          .access_token = identities_.lasting_token()};
}

Response DataverseSimulator::unauthorized() const {
  Response response{.status = 401};
  response.headers.add("WWW-Authenticate",
                       fmt::format("Bearer authorization_uri={0}/simulated/oauth2/authorize, "
                                   "resource_id={0}/",
                                   url_));
  return response;
}

/// The affinity cookie pins a client to a server; without it requests go round (§8).
unsigned DataverseSimulator::server_of(const Request& request) {
  constexpr std::string_view name = "ARRAffinity=";
  const std::string_view cookies = request.headers.value_or("Cookie", "");
  const std::size_t at = cookies.find(name);
  if (at != std::string_view::npos) {
    const int server = std::atoi(std::string(cookies.substr(at + name.size(), 4)).c_str());
    if (server >= 0 && static_cast<unsigned>(server) < settings_.servers)
      return static_cast<unsigned>(server);
  }
  return next_server_++ % settings_.servers;
}

std::string DataverseSimulator::root_of(const Request& request, std::string_view version) const {
  const auto host = request.headers.find("Host");
  const std::string base = host && !host->empty() ? "http://" + std::string(*host) : url_;
  return base + "/api/data/" + std::string(version) + "/";
}

Response DataverseSimulator::handle(const Request& request) {
  const auto& segments = request.target.segments;
  if (segments.size() >= 3 && segments[segments.size() - 3] == "oauth2" &&
      segments.back() == "token")
    return identities_.token(request);
  if (segments.size() < 3 || segments[0] != "api" || segments[1] != "data")
    return response_of(
        ApiReply::json(404, errors::no_such_segment(request.target.path).body(false)));
  if (request.injected && request.injected->kind == FaultKind::unauthorized) return unauthorized();
  const auto user = identities_.user_of(request);
  if (!user) return unauthorized();
  const auto caller = identities_.caller(request, *user);
  if (!caller)
    return response_of(ApiReply::json(caller.error().status, caller.error().body(false)));
  const unsigned server = server_of(request);
  if (!settings_.limits) return serve(request, *caller, server);

  if (const auto refusal = protection_.enter(*user, server, surroundings_.clock.tick())) {
    Response response = response_of(ApiReply::json(refusal->status, refusal->body(false)));
    response.headers.add("Retry-After", std::to_string(refusal->retry_after_s.value_or(1)));
    return response;
  }
  return serve(request, *caller, server);
}

Response DataverseSimulator::serve(const Request& request, const Caller& caller, unsigned server) {
  const std::string_view version = request.target.segments[2];
  Response response;
  const auto injected = request.injected ? injected_refusal(*request.injected) : std::nullopt;
  if (injected) {
    response = response_of(reply_of(*injected, ApiCall{}));
  } else if (version != "v9.0" && version != "v9.1" && version != "v9.2") {
    response = response_of(ApiReply::json(404, errors::no_such_segment(version).body(false)));
  } else if (request.target.raw.size() > longest_url) {
    response =
        response_of(ApiReply::json(414, errors::bad_uri("The URL is too long.").body(false)));
  } else {
    response = run_api(request, caller, version);
  }
  const Uuid payer = caller.on_behalf_of.value_or(caller.user);  // §8: impersonation adds no budget
  response.headers.add("REQ_ID", metadata_id_of("request", std::to_string(next_server_)).text());
  response.headers.add("x-ms-service-request-id",
                       metadata_id_of("request", request.target.raw).text());
  response.headers.add("x-ms-dop-hint", std::to_string(settings_.dop_hint));
  if (settings_.limits) {
    const Tick now = surroundings_.clock.tick();
    protection_.leave(payer, server, now, response.fate.delay);
    const auto left = protection_.remaining(payer, server, now);
    response.headers.add("x-ms-ratelimit-burst-remaining-xrm-requests",
                         std::to_string(left.requests));
    response.headers.add("x-ms-ratelimit-time-remaining-xrm-requests",
                         fmt::format("{:.2f}", left.seconds));
  }
  response.headers.add("Set-Cookie", fmt::format("ARRAffinity={}; path=/; HttpOnly", server));
  return response;
}

void DataverseSimulator::count(const ApiReply& reply, const Caller& caller) {
  entitlement_.spend(caller.on_behalf_of.value_or(caller.user), org_.now(), reply.entitled);
  for (std::size_t i = 0; i < reply.rows_by_table.size(); ++i)
    if (reply.rows_by_table[i] > 0)
      surroundings_.stats.add_rows_written(
          org_.catalogue->table_at(static_cast<std::uint16_t>(i)).logical_name,
          reply.rows_by_table[i]);
}

Response DataverseSimulator::run_api(const Request& request, const Caller& caller,
                                     std::string_view version) {
  ApiCall call;
  call.method = request.method;
  call.root = root_of(request, version);
  const std::string prefix = "/api/data/" + std::string(version);
  call.path = request.target.path.substr(std::min(prefix.size(), request.target.path.size()));
  if (!call.path.empty() && call.path.front() == '/') call.path.erase(0, 1);
  call.query = request.target.query;
  call.header = [&request](std::string_view name) { return request.headers.find(name); };
  call.body = request.body;
  call.caller = caller;
  std::string prefer;
  for (const std::string_view value : request.headers.all("Prefer")) {
    if (!prefer.empty()) prefer += ',';
    prefer += value;
  }
  call.preferences = odata::parse_preferences(prefer);
  ApiReply reply = call.path == "$batch" ? run_batch_call(api_, org_, call) : api_.run(call);
  count(reply, caller);
  const auto cost = settings_.cost.of(reply.rows, reply.columns);
  surroundings_.stats.add_execution(cost);
  Response response = response_of(std::move(reply));
  if (settings_.limits) response.fate.delay = cost;
  return response;
}

DigestReport DataverseSimulator::digest() const {
  return digest_of(org_);
}

Result<std::string> DataverseSimulator::edit(json::Value edits) {
  return edit_as_person(org_, edits);
}

void DataverseSimulator::reset() {
  const std::unique_lock lock(org_.mutex);
  org_.reset();
  protection_.clear();
  entitlement_.clear();
}

/// Limited by execution time alone: 1,200 s in 300 s on each server, in ideal batches of 1,000.
double DataverseSimulator::best_rows_per_second() const {
  if (!settings_.limits) return 0;
  constexpr std::uint64_t rows = 1000, columns = 15;
  const double cost =
      std::chrono::duration<double>(settings_.cost.of(rows, rows * columns)).count() / rows;
  const auto& limits = settings_.protection;
  const double share =
      static_cast<double>(limits.execution.count()) / static_cast<double>(limits.window.count());
  return settings_.servers * share / cost;
}

void DataverseSimulator::add_stats(json::Writer& out) const {
  const std::shared_lock lock(org_.mutex);
  out.member("store_bytes", org_.store->memory());
  add_entitlement(out);
}

/// Licensed users have their own, the others share the pool (§8).
void DataverseSimulator::add_entitlement(json::Writer& out) const {
  std::uint64_t licences = 0, pool = 0;
  out.key("entitlement").begin_object().key("users").begin_object();
  for (const UserSeed& user : org_.settings.users) {
    if (user.is_team) continue;
    const std::uint64_t used =
        entitlement_.used(metadata_id_of("row", "user:" + user.email), org_.now());
    if (user.application) {
      pool += used;
      continue;
    }
    ++licences;
    out.key(user.email).begin_object().member("used", used);
    out.member("allowed", Entitlement::per_licence).end_object();
  }
  out.end_object().key("pool").begin_object().member("used", pool);
  out.member("allowed", Entitlement::pool_of(licences)).end_object().end_object();
}

Result<void> DataverseSimulator::preload_schema(const std::string& name, std::string_view text) {
  FLIT_TRY(document, json::parse(text));
  for (const json::Value each : document.root().elements()) {
    const std::string body = each["body"].dump();
    ApiCall call;
    call.method = "POST";
    call.path = std::string(each["path"].string_or(""));
    call.body = body;
    call.root = url_ + "/api/data/v9.2/";
    call.caller = {.user = org_.known.default_user,
                   .ref = org_.store->ref_if_known(org_.known.default_user)};
    const ApiReply reply = api_.run(call);
    if (reply.status >= 400)
      return Error{.fault = Fault::setup, .message = reply.body, .where = name + ": " + call.path};
  }
  return {};
}

Result<void> DataverseSimulator::load() {
  if (settings_.snapshot.empty() || !file_exists(settings_.snapshot)) return {};
  return load_snapshot(org_, settings_.snapshot);
}

Result<void> DataverseSimulator::save() {
  if (settings_.snapshot.empty()) return {};
  return save_snapshot(org_, settings_.snapshot);
}

}  // namespace flit::sim::dataverse
