#include "sim/base/control.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/spec.hpp"
#include "base/time.hpp"
#include "base/yaml_reader.hpp"

namespace flit::sim {

namespace {

Response error_response(int status, std::string_view message) {
  json::Writer out;
  out.begin_object().key("error").begin_object().member("message", message);
  out.end_object().end_object();
  return Response::json(status, out.take());
}

Response error_response(const Error& error) {
  return error_response(400, error.text());
}

bool is_loopback(std::string_view peer) {
  return peer == "in-process" || peer.starts_with("127.");
}

double seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

template <typename Counts>
void write_counts(json::Writer& out, std::string_view name, const Counts& counts) {
  out.key(name).begin_object();
  for (const auto& [key, count] : counts) out.member(key, count);
  out.end_object();
}

void write_endpoints(json::Writer& out, const Figures& figures) {
  out.key("by_endpoint").begin_object();
  for (const auto& [endpoint, statuses] : figures.by_endpoint) {
    out.key(endpoint).begin_object();
    for (const auto& [status, count] : statuses) out.member(std::to_string(status), count);
    out.end_object();
  }
  out.end_object();
}

void write_request(json::Writer& out, const LoggedRequest& entry) {
  out.begin_object().member("n", entry.number);
  out.member("at", format_instant(entry.at, {.fraction_digits = 3}));
  out.member("method", entry.method).member("target", entry.target);
  out.key("headers").begin_array();
  for (const Header& field : entry.headers)
    out.begin_array().string(field.name).string(field.value).end_array();
  out.end_array().member("request_bytes", entry.request_bytes);
  out.member("status", entry.status).member("response_bytes", entry.response_bytes);
  out.member("delay_s", seconds(entry.delay));
  if (!entry.fault.empty()) out.member("fault", entry.fault);
  if (!entry.error.empty()) out.member("error", entry.error);
  out.end_object();
}

/// Either {"advance_s": n} or {"now": "…Z"}.
struct ClockMove {
  std::optional<double> advance_s{};
  std::optional<std::string> now{};
};

void describe(spec::Spec<ClockMove>& spec) {
  constexpr double century_s = 100.0 * 366 * 86'400;
  spec.named("clock", "Moves the simulator's clock forward.");
  spec.field(&ClockMove::advance_s, "advance_s", "Platform seconds to advance by.")
      .check([](const auto& by) {
        return by && !(*by >= 0 && *by <= century_s) ? "must lie between 0 and a century" : "";
      });
  spec.field(&ClockMove::now, "now", "The instant to advance to, such as 2026-11-02T08:00:00Z.");
  spec.exactly_one_of({"advance_s", "now"});
}

Result<ClockMove> parse_clock_move(const std::string& text) {
  FLIT_TRY(root, yaml::read("clock", text));
  return spec::read<ClockMove>(root);
}

Result<void> apply(const ClockMove& move, SimClock& clock) {
  if (move.advance_s) {
    clock.advance(
        std::chrono::duration_cast<Duration>(std::chrono::duration<double>(*move.advance_s)));
    return {};
  }
  FLIT_TRY(instant, parse_instant(*move.now));
  return clock.advance_to(instant);
}

}  // namespace

Response Control::handle(const Request& request) {
  if (!is_loopback(request.peer)) return error_response(403, "/__sim/ is for this machine only.");
  return route(request);
}

Response Control::route(const Request& request) {
  const std::string_view call = request.target.segment(1);
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (call == "digest" && reads) return digest();
  if (call == "stats" && reads) return stats();
  if (call == "requests" && reads) return requests(request);
  if (call == "clock" && reads) return clock();
  if (call == "clock" && request.method == "POST") return move_clock(request);
  if (call == "faults" && request.method == "POST") return replace_faults(request);
  if (call == "edit" && request.method == "POST") return edit(request);
  if (call == "reset" && request.method == "POST") return reset();
  if (auto response = parts_.simulator.control(request)) return std::move(*response);
  return error_response(
      404,
      "There is no such call. GET digest, stats, requests?last=n, clock; POST faults, "
      "edit, reset, clock; some simulators have more (see their reference page).");
}

Response Control::digest() const {
  const DigestReport report = parts_.simulator.digest();
  json::Writer out;
  out.begin_object().member("digest", report.digest()).member("schema_digest", report.schema.hex());
  out.key("tables").begin_object();
  for (const auto& [name, table] : report.tables) {
    out.key(name).begin_object();
    out.member("rows", table.rows()).member("digest", table.hex()).end_object();
  }
  out.end_object().end_object();
  return Response::json(200, out.take());
}

Response Control::stats() const {
  const Figures figures = parts_.surroundings.stats.figures();
  json::Writer out;
  out.begin_object().member("requests", figures.requests);
  write_counts(out, "throttled", figures.throttled);
  out.member("sent_inside_retry_after", figures.sent_inside_retry_after);
  write_counts(out, "rows_written", figures.rows_written);
  out.member("execution_seconds", seconds(figures.execution));
  out.member("best_rows_per_second", parts_.simulator.best_rows_per_second());
  out.member("elapsed_seconds", seconds(parts_.surroundings.clock.elapsed()));
  out.member("writes_refused", figures.writes_refused);
  out.member("max_concurrent", figures.max_concurrent);
  out.key("bytes").begin_object().member("in", figures.bytes_in).member("out", figures.bytes_out);
  out.end_object();
  write_counts(out, "injected", figures.injected);
  write_endpoints(out, figures);
  parts_.simulator.add_stats(out);
  out.end_object();
  return Response::json(200, out.take());
}

Response Control::requests(const Request& request) const {
  std::size_t count = 20;
  if (const auto last = request.target.parameter("last")) {
    const auto [end, fault] = std::from_chars(last->data(), last->data() + last->size(), count);
    if (fault != std::errc{} || end != last->data() + last->size())
      return error_response(400, "last is a number of requests, such as ?last=50.");
  }
  json::Writer out;
  out.begin_array();
  for (const LoggedRequest& entry : parts_.log.last(count)) write_request(out, entry);
  out.end_array();
  return Response::json(200, out.take());
}

Response Control::clock() const {
  const SimClock& clock = parts_.surroundings.clock;
  json::Writer out;
  out.begin_object().member("now", format_instant(clock.now(), {.fraction_digits = 3}));
  out.member("elapsed_seconds", seconds(clock.elapsed()));
  out.member("time_scale", parts_.surroundings.time_scale).end_object();
  return Response::json(200, out.take());
}

Response Control::move_clock(const Request& request) {
  const auto move = parse_clock_move(request.body);
  if (!move) return error_response(move.error());
  if (const auto moved = apply(*move, parts_.surroundings.clock); !moved)
    return error_response(moved.error());
  return clock();
}

Response Control::replace_faults(const Request& request) {
  auto rules = parse_faults("faults", request.body);
  if (!rules) return error_response(rules.error());
  json::Writer out;
  out.begin_object().member("faults", rules->size()).end_object();
  parts_.faults.replace(std::move(*rules));
  return Response::json(200, out.take());
}

Response Control::edit(const Request& request) {
  const auto document = json::parse(request.body);
  if (!document) return error_response(document.error());
  auto answer = parts_.simulator.edit(document->root());
  if (!answer) return error_response(answer.error());
  return Response::json(200, std::move(*answer));
}

Response Control::reset() {
  parts_.simulator.reset();
  parts_.faults.reset();
  parts_.surroundings.stats.reset();
  parts_.surroundings.clock.restart_elapsed();
  parts_.log.clear();
  return Response::json(200, "{}");
}

}  // namespace flit::sim
