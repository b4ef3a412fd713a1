#include "http/replay.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "http/fault.hpp"

namespace flit::http {
namespace {

Result<std::string> whole_body(const Request& request) {
  if (!request.source) return request.body;
  std::string body;
  std::array<char, 16384> buffer;  // NOLINT: filled by the source
  while (true) {
    FLIT_TRY(count, request.source(buffer));
    if (count == 0) return body;
    body.append(buffer.data(), count);
  }
}

std::string asked(const Request& request, const Mask& mask) {
  return fmt::format("{} {}", to_string(request.method), mask.url(request.url));
}

}  // namespace

ReplayTransport::ReplayTransport(std::vector<RecordedExchange> exchanges, ReplayOrder order,
                                 MaskSettings mask)
    : order_(order), mask_(std::move(mask)) {
  entries_.with([&](std::vector<Entry>& entries) {
    for (RecordedExchange& exchange : exchanges) entries.push_back({std::move(exchange)});
  });
}

Result<Response> ReplayTransport::send(const Request& request, std::stop_token stop) {
  if (stop.stop_requested()) return error_of(Failure::cancelled, Phase::unsent, request);
  FLIT_TRY(body, whole_body(request));
  FLIT_TRY(exchange, find(request, mask_.body(request.headers.media_type(), body)));
  if (!exchange.result) return std::move(exchange.result);
  Response response = std::move(*exchange.result);
  response.url = request.url;
  if (!exchange.answer.text && exchange.answer.size > 0)
    return Error{.fault = Fault::permanent,
                 .message = "the recording has no body for this answer",
                 .where = asked(request, mask_)};
  const std::string text = exchange.answer.text.value_or("");
  if (request.sink && response.is_success()) {
    if (!text.empty()) FLIT_TRY_VOID(request.sink(response, text));
    return response;
  }
  response.body.reserve(text.size() + body_padding);
  response.body = text;
  return response;
}

Result<RecordedExchange> ReplayTransport::find(const Request& request, std::string_view body) {
  return entries_.with([&](std::vector<Entry>& entries) -> Result<RecordedExchange> {
    auto entry = std::find_if(entries.begin(), entries.end(), [&](const Entry& candidate) {
      return !candidate.is_used &&
             (order_ == ReplayOrder::strict || matches(candidate.exchange, request, body));
    });
    if (entry != entries.end() && matches(entry->exchange, request, body)) {
      entry->is_used = true;
      return entry->exchange;
    }
    const bool has_next = entry != entries.end();
    return Error{
        .fault = Fault::permanent,
        .message =
            has_next ? fmt::format(
                           "the recording goes on with {} {}{}", to_string(entry->exchange.method),
                           entry->exchange.url,
                           entry->exchange.url == mask_.url(request.url) ? " and another body" : "")
                     : std::string("the recording has no such exchange left"),
        .where = asked(request, mask_)};
  });
}

bool ReplayTransport::matches(const RecordedExchange& exchange, const Request& request,
                              std::string_view body) const {
  return exchange.method == request.method && exchange.url == mask_.url(request.url) &&
         (!exchange.body.text || *exchange.body.text == body);
}

std::size_t ReplayTransport::unused() const {
  return entries_.with([](const std::vector<Entry>& entries) {
    return static_cast<std::size_t>(std::count_if(
        entries.begin(), entries.end(), [](const Entry& entry) { return !entry.is_used; }));
  });
}

}  // namespace flit::http
