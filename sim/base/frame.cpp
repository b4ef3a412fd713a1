#include "sim/base/frame.hpp"

#include <algorithm>
#include <limits>

#include "base/http_date.hpp"

namespace flit::sim {

namespace {

constexpr std::chrono::seconds usual_slowness(10);  // "slow" without seconds

/// What a gateway says when it cannot reach what is behind it: facts/sources.md §0.2.
Response gateway_page() {
  Response page;
  page.status = 502;
  page.headers.add("Content-Type", "text/html");
  page.body =
      "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
      "<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n";
  return page;
}

void damage(Response& response, const InjectedFault& fault) {
  if (fault.kind == FaultKind::reset_after) response.fate.ending = Fate::Ending::reset_after;
  if (fault.kind == FaultKind::slow) response.fate.delay += fault.wait.value_or(usual_slowness);
  if (fault.kind != FaultKind::truncate) return;
  response.fate.ending = Fate::Ending::truncate;
  response.fate.truncate_at = fault.bytes.value_or(response.body.size() / 2);
}

}  // namespace

Frame::Frame(Simulator& simulator, const Surroundings& surroundings, FrameSettings settings)
    : simulator_(simulator),
      surroundings_(surroundings),
      latency_(settings.latency),
      faults_(settings.seed, std::move(settings.faults)),
      control_({simulator, surroundings, faults_, log_}) {}

Response Frame::handle(const Request& request) {
  if (request.target.segment(0) == control_segment) return control_.handle(request);
  const auto fault = faults_.strike(request.method, request.target.path);
  Response response = act_out(request, fault);
  response.fate.delay += latency_;
  if (!response.headers.contains("Date"))
    response.headers.add("Date", format_http_date(surroundings_.clock.now()));
  record(request, response, fault);
  return response;
}

Response Frame::act_out(const Request& request, const std::optional<InjectedFault>& fault) {
  if (!fault) return simulator_.handle(request);
  if (is_for_platform(fault->kind)) {
    Request marked = request;
    marked.injected = fault;
    return simulator_.handle(marked);
  }
  if (fault->kind == FaultKind::html) return gateway_page();
  if (fault->kind == FaultKind::reset_before) {
    Response nothing;
    nothing.fate.ending = Fate::Ending::reset_before;
    return nothing;
  }
  Response response = simulator_.handle(request);
  damage(response, *fault);
  return response;
}

void Frame::record(const Request& request, const Response& response,
                   const std::optional<InjectedFault>& fault) {
  const std::uint64_t concurrent = in_flight_.with([&](ConcurrencyGauge& gauge) {
    const Tick now = surroundings_.clock.tick();
    gauge.enter(now, std::numeric_limits<std::size_t>::max());
    const std::uint64_t count = gauge.in_flight(now);
    gauge.leave_at(now + response.fate.delay);
    return count;
  });
  surroundings_.stats.change([&](Figures& figures) {
    ++figures.requests;
    figures.max_concurrent = std::max(figures.max_concurrent, concurrent);
    figures.bytes_in += request.body.size();
    figures.bytes_out += response.body.size();
    if (fault) ++figures.injected[std::string(to_string(fault->kind))];
    if (!response.endpoint.empty()) ++figures.by_endpoint[response.endpoint][response.status];
  });
  log_.add(surroundings_.clock.now(), request, response, fault);
}

}  // namespace flit::sim
