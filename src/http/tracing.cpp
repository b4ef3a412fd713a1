#include "http/tracing.hpp"

#include <algorithm>
#include <utility>

namespace flit::http {
namespace {

/// Counts what goes through a sink or source.
Request counted(const Request& request, ExchangeEvent& event) {
  Request copy = request;
  if (request.source)
    copy.source = [&](std::span<char> buffer) -> Result<std::size_t> {
      FLIT_TRY(count, request.source(buffer));
      event.bytes_sent += count;
      return count;
    };
  if (request.sink)
    copy.sink = [&](const Response& head, std::string_view piece) -> Result<void> {
      event.bytes_received += piece.size();
      return request.sink(head, piece);
    };
  return copy;
}

void fill(ExchangeEvent& event, const Result<Response>& result) {
  if (!result) {
    event.fault = result.error().fault;
    event.code = result.error().code;
    return;
  }
  event.status = result->status;
  event.bytes_received += result->body.size();
  event.timing = result->timing;
}

void count(Traffic& traffic, const ExchangeEvent& event) {
  --traffic.in_flight;
  traffic.bytes_sent += event.bytes_sent;
  traffic.bytes_received += event.bytes_received;
  if (event.fault) {
    ++traffic.failed;
    ++traffic.by_fault.at(static_cast<std::size_t>(*event.fault));
    return;
  }
  ++traffic.answered;
  ++traffic.by_status_class.at(static_cast<std::size_t>(std::clamp(event.status / 100, 0, 5)));
}

}  // namespace

TracingTransport::TracingTransport(Transport& inner, Observer observer)
    : inner_(inner), observer_(std::move(observer)) {}

Result<Response> TracingTransport::send(const Request& request, std::stop_token stop) {
  traffic_.with([](Traffic& traffic) {
    ++traffic.started;
    traffic.max_in_flight = std::max(traffic.max_in_flight, ++traffic.in_flight);
  });
  ExchangeEvent event{
      .method = request.method, .where = request.url.shown(), .bytes_sent = request.body.size()};
  const bool is_streamed = request.source || request.sink;
  auto result = is_streamed ? inner_.send(counted(request, event), std::move(stop))
                            : inner_.send(request, std::move(stop));
  fill(event, result);
  traffic_.with([&event](Traffic& traffic) { count(traffic, event); });
  if (observer_) observer_(event);
  return result;
}

Traffic TracingTransport::traffic() const {
  return traffic_.with([](const Traffic& traffic) { return traffic; });
}

}  // namespace flit::http
