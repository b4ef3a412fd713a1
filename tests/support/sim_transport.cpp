#include "tests/support/sim_transport.hpp"

#include <array>

#include "base/http_date.hpp"
#include "http/fault.hpp"

namespace flit::test {
namespace {

/// The body that the sender of a streamed request would have written.
Result<std::string> body_of(const http::Request& request) {
  if (!request.source) return request.body;
  std::string body;
  std::array<char, 4096> buffer{};
  while (true) {
    FLIT_TRY(count, request.source(buffer));
    if (count == 0) return body;
    body.append(buffer.data(), count);
  }
}

std::optional<std::string> read_all(sim::Response& response) {
  if (!response.stream) return std::move(response.body);
  std::string body;
  std::array<char, 65536> buffer{};
  while (true) {
    const auto count = response.stream(buffer);
    if (!count) return {};
    if (*count == 0) return body;
    body.append(buffer.data(), *count);
  }
}

http::Response head_of(const sim::Response& response, const http::Url& url, Instant now) {
  http::Response head{.status = response.status, .url = url};
  for (const sim::Header& field : response.headers) head.headers.add(field.name, field.value);
  head.headers.set("Date", format_http_date(now));
  return head;
}

}  // namespace

Result<http::Response> SimTransport::send(const http::Request& request, std::stop_token stop) {
  using sim::Fate;
  const auto failed = [&](http::Failure failure, http::Phase phase) {
    return http::error_of(failure, phase, request);
  };
  if (stop.stop_requested()) return failed(http::Failure::cancelled, http::Phase::unsent);

  sim::Headers headers;
  for (const http::Header& field : request.headers) headers.add(field.name, field.value);
  headers.set("Host", request.url.authority());
  FLIT_TRY(body, body_of(request));
  FLIT_TRY(asked, sim::Request::make(std::string(http::to_string(request.method)),
                                     request.url.target(), std::move(headers), std::move(body)));
  sim::Response answer = service_.handle(asked);

  if (answer.fate.ending == Fate::Ending::reset_before ||
      answer.fate.ending == Fate::Ending::reset_after)
    return failed(http::Failure::disconnected, http::Phase::sent);
  http::Response response = head_of(answer, request.url, clock_.now());
  std::optional<std::string> whole = read_all(answer);
  const bool is_cut = !whole || answer.fate.ending == Fate::Ending::truncate;
  if (whole && is_cut) whole->resize(std::min(whole->size(), answer.fate.truncate_at));
  response.body = std::move(whole).value_or("");
  if (request.sink && response.is_success()) {
    const std::string streamed = std::exchange(response.body, {});
    if (!streamed.empty()) FLIT_TRY_VOID(request.sink(response, streamed));
  }
  if (is_cut) return failed(http::Failure::truncated, http::Phase::answering);
  response.body.reserve(response.body.size() + http::body_padding);
  return response;
}

}  // namespace flit::test
