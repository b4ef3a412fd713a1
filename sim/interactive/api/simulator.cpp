#include "sim/interactive/api/simulator.hpp"

#include <mutex>

#include <fmt/format.h>

#include "base/time.hpp"
#include "sim/interactive/api/digest.hpp"
#include "sim/interactive/edit/edits.hpp"

namespace flit::sim::interactive {

namespace {

constexpr std::size_t most_request_line_bytes = 8'192;  // facts/sources.md §1.1

bool is_api(const Target& target) {
  return target.segment(0) == "api" && target.segment(1) == "v1";
}

/// The only POST that reads; every other method is a write (facts/sources.md §0.1).
bool is_read(const Request& request) {
  const auto& segments = request.target.segments;
  if (request.method == "GET" || request.method == "HEAD") return true;
  return request.method == "POST" && segments.size() == 6 && is_api(request.target) &&
         segments[2] == "objects" && segments[4] == "batch" && segments[5] == "read";
}

ApiError missing_scope(const Token& token, std::string_view scope) {
  return {.status = 403,
          .code = "missing_scope",
          .message = fmt::format("This token may not use {}.", scope),
          .required_scopes = {std::string(scope)},
          .granted_scopes = token.scope_list()};
}

ApiError module_not_enabled(std::string_view module) {
  return {.status = 403,
          .code = "module_not_enabled",
          .message = "This account does not have that module.",
          .module = std::string(module)};
}

}  // namespace

Result<std::unique_ptr<InteractiveSimulator>> InteractiveSimulator::create(
    const InteractiveOptions& options, const Surroundings& surroundings, MakeDataset make) {
  TokenBook tokens;
  for (const std::string& text : options.tokens) FLIT_TRY_VOID(tokens.add(text));
  FLIT_TRY(data, make());
  return std::unique_ptr<InteractiveSimulator>(new InteractiveSimulator(
      options, surroundings, std::move(make), std::move(data), std::move(tokens)));
}

InteractiveSimulator::InteractiveSimulator(const InteractiveOptions& options,
                                           const Surroundings& surroundings, MakeDataset make,
                                           std::unique_ptr<Dataset> data, TokenBook tokens)
    : options_(options),
      surroundings_(surroundings),
      make_(std::move(make)),
      data_(std::move(data)),
      tokens_(tokens),
      tokens_at_start_(std::move(tokens)),
      visibility_(
          std::chrono::duration_cast<std::chrono::milliseconds>(options.visibility_lag).count()),
      limiter_(surroundings.clock, surroundings.stats, options.limits, options.latency) {}

std::int64_t InteractiveSimulator::now_ms() const {
  return epoch_ms(surroundings_.clock.now());
}

Instant InteractiveSimulator::own_clock() const {
  return Instant(std::chrono::milliseconds(data_->clock_ms));
}

Access InteractiveSimulator::access() const {
  const std::shared_lock lock(mutex_);
  Access access;
  access.access_token = tokens_.default_token();
  return access;
}

Response InteractiveSimulator::handle(const Request& request) {
  const std::string request_id = fmt::format("req_{:010}", ++requests_);
  std::string endpoint;
  Response response = answer(request, request_id, endpoint);
  response.endpoint = std::move(endpoint);
  response.headers.add("X-Request-Id", request_id);
  return response;
}

Response InteractiveSimulator::answer(const Request& request, std::string_view request_id,
                                      std::string& endpoint) {
  if (request.injected)
    if (auto response = injected(request)) return std::move(*response);
  if (request.target.segment(0) == "_cdn") {
    const std::shared_lock lock(mutex_);
    endpoint = "/_cdn/{key}";
    return get_signed_content(*data_, request, now_ms());
  }
  std::string token;
  auto answered = [&]() -> Checked<Response> {
    if (request.injected && request.injected->kind == FaultKind::unauthorized)
      return refuse(401, "expired_token", "This token has expired.");
    if (request.injected && request.injected->kind == FaultKind::throttled)
      return refuse(429, "rate_limited", "Too many requests.");
    const std::shared_lock lock(mutex_);
    return dispatch(request, endpoint, token);
  }();
  if (answered) return std::move(*answered);
  Response response = to_response(answered.error(), request_id);
  if (answered.error().status == 429) {
    const bool stated = request.injected && request.injected->wait;
    limiter_.add_hint(response, token, answered.error(),
                      stated ? std::optional<Duration>(*request.injected->wait) : std::nullopt);
  }
  return response;
}

Checked<Response> InteractiveSimulator::dispatch(const Request& request, std::string& endpoint,
                                                 std::string& token_text) {
  const Target& target = request.target;
  if (request.method.size() + target.raw.size() + 10 > most_request_line_bytes)
    return refuse(414, "uri_too_long", "The request line is longer than 8,192 bytes.");
  if (!is_read(request)) {
    surroundings_.stats.count_write_refused();
    return refuse(405, "method_not_allowed", "This API only reads.");
  }
  const auto token = tokens_.find(request);
  if (!token) return tl::make_unexpected(token.error());
  token_text = (*token)->value;
  if (!is_api(target)) return tl::make_unexpected(endpoint_not_available());
  // captures are views into the segments: they stay until the answer is made
  const std::vector<std::string> segments(target.segments.begin() + 2, target.segments.end());
  const auto found = find_route(request.method == "HEAD" ? "GET" : request.method, segments);
  if (!found) return tl::make_unexpected(endpoint_not_available());
  const Route& route = *found->route;
  endpoint = std::string(route.path);
  if (!route.scope.empty() && !(*token)->scopes.contains(route.scope))
    return tl::make_unexpected(missing_scope(**token, route.scope));
  if (!route.module.empty() && !data_->has_module(route.module))
    return tl::make_unexpected(module_not_enabled(route.module));
  if (route.handler == nullptr) return tl::make_unexpected(endpoint_not_available());
  const Call call{*data_, visibility_, *token, request, now_ms(), found->captures};
  return limited(call, route);
}

Checked<Response> InteractiveSimulator::limited(const Call& call, const Route& route) {
  if (auto refused = limiter_.enter(call.token->value))
    return tl::make_unexpected(std::move(*refused));
  Checked<Response> response = [&]() -> Checked<Response> {
    if (!is_empty_page(route)) return route.handler(call);
    // a page whose records were all filtered after the cut: no results, and still a cursor
    const auto table = table_of(call, call.captures[0]);
    const auto query =
        read_list_query(call.target(), call.rules("objects/" + std::string(call.captures[0])));
    if (!table || !query) return route.handler(call);
    std::string out = R"({"results":[])";
    append_paging(out, call.target(), *query, query->after.value_or(ListPlace{.time_ms = no_time}));
    out += '}';
    return Response::json(200, std::move(out));
  }();
  limiter_.leave(call.token->value);
  return response;
}

bool InteractiveSimulator::is_empty_page(const Route& route) {
  if (options_.empty_pages == 0 || route.path != "/objects/{object}") return false;
  return ++record_lists_ % options_.empty_pages == 0;
}

/// "The load balancer" answers without the API's error shape (facts/sources.md §0.2).
std::optional<Response> InteractiveSimulator::injected(const Request& request) {
  if (request.injected->kind != FaultKind::unavailable) return std::nullopt;
  Response response;
  response.status = 503;
  if (++unavailable_ % 2 == 1) {
    response.headers.add("Content-Type", "text/html");
    response.body =
        "<html><head><title>503 Service Temporarily Unavailable</title></head>"
        "<body><h1>503 Service Temporarily Unavailable</h1></body></html>\r\n";
  }
  if (request.injected->wait) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*request.injected->wait);
    response.headers.add("Retry-After", std::to_string(seconds.count()));
  }
  return response;
}

DigestReport InteractiveSimulator::digest() const {
  const std::shared_lock lock(mutex_);
  return digest_of(*data_);
}

Result<std::string> InteractiveSimulator::edit(json::Value edits) {
  const std::unique_lock lock(mutex_);
  return apply_edits({*data_, tokens_, visibility_, now_ms()}, edits);
}

void InteractiveSimulator::reset() {
  auto fresh = make_();
  const std::unique_lock lock(mutex_);
  if (fresh) data_ = std::move(*fresh);
  tokens_ = tokens_at_start_;
  visibility_.clear();
  limiter_.reset();
}

std::optional<Response> InteractiveSimulator::control(const Request& request) {
  if (request.target.segment(1) != "truth" || request.target.segments.size() != 2)
    return std::nullopt;
  const std::shared_lock lock(mutex_);
  return Response::json(200, truth_text(*data_, options_.truth));
}

}  // namespace flit::sim::interactive
