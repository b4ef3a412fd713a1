#include "http/exchange.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "base/check.hpp"

namespace flit::http {
namespace {

using std::chrono::microseconds;

/// More than any server sends; a bound against one that never ends its head.
constexpr std::size_t max_head = std::size_t{256} * 1024;

/// Memory is taken ahead only up to here: a length on the wire is a promise, not a fact.
constexpr std::uint64_t max_reserve = std::uint64_t{4} << 20U;

std::string_view without_line_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  return line;
}

std::optional<std::uint64_t> parse_length(std::string_view text) {
  std::uint64_t length = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return length;
}

}  // namespace

Exchange::Exchange(const Request& request, void* easy, Moment now)
    : request_(request), easy_(easy), submitted_(now) {}

void Exchange::start(Moment now) {
  started_ = now;
  last_byte_ = now;
}

Exchange::Verdict Exchange::before_sending(std::uint64_t bytes_sent, Moment now) {
  if (has_sent(bytes_sent) && effect_of(request_) == Effect::write)
    return fail(Failure::disconnected, "a kept connection died under the request");
  if (!bytes_before_) bytes_before_ = bytes_sent;
  phase_ = Phase::sent;
  last_byte_ = now;
  return Verdict::go_on;
}

bool Exchange::has_sent(std::uint64_t bytes_sent) const {
  return bytes_before_ && bytes_sent > *bytes_before_;
}

Exchange::Verdict Exchange::take_header(std::string_view line, Moment now) {
  last_byte_ = now;
  head_size_ += line.size();
  if (head_size_ > max_head) return fail(Failure::too_large, "headers without end");
  line = without_line_end(line);
  if (line.rfind("HTTP/", 0) == 0 && !is_in_head_ && phase_ != Phase::answering) {
    begin_head(line);
    return Verdict::go_on;
  }
  if (!is_in_head_) return Verdict::go_on;  // trailers of a chunked body
  if (line.empty()) return end_head();
  if (response_.headers.add_line(line)) return Verdict::go_on;
  return fail(Failure::malformed, "a header line without a name");
}

void Exchange::begin_head(std::string_view status_line) {
  is_in_head_ = true;
  is_multiplexed_ = status_line.rfind("HTTP/2", 0) == 0;
  response_.headers.clear();
  response_.status = 0;
  const std::size_t space = status_line.find(' ');
  if (space == std::string_view::npos) return;
  const std::string_view code = status_line.substr(space + 1, 3);
  std::from_chars(code.data(), code.data() + code.size(), response_.status);
}

Exchange::Verdict Exchange::end_head() {
  is_in_head_ = false;
  if (response_.status < 100 || response_.status > 599)
    return fail(Failure::malformed, "a status that is no number from 100 to 599");
  if (response_.status < 200) return Verdict::go_on;  // 100 Continue, 103 Early Hints
  phase_ = Phase::answering;
  if (auto problem = check_length()) return fail(Failure::malformed, std::move(*problem));
  const Headers& headers = response_.headers;
  const bool is_framed = has_no_body() || is_multiplexed_ || content_length_ ||
                         headers.lists("Transfer-Encoding", "chunked") ||
                         headers.contains("Content-Encoding");  // ends by its own mark
  if (!is_framed && response_.is_success() && !request_.accept_unframed)
    return fail(Failure::unframed);
  if (streams_to_sink() || has_no_body() || !content_length_) return Verdict::go_on;
  if (*content_length_ > request_.max_body)
    return fail(Failure::too_large,
                fmt::format("{} bytes announced, {} allowed", *content_length_, request_.max_body));
  response_.body.reserve(std::min(*content_length_, max_reserve) + body_padding);
  return Verdict::go_on;
}

/// Content-Length once, or more than once with one value (RFC 9112, section 6.3).
std::optional<std::string> Exchange::check_length() {
  content_length_.reset();
  if (response_.headers.lists("Transfer-Encoding", "chunked")) return std::nullopt;
  for (const std::string_view text : response_.headers.all("Content-Length")) {
    const auto length = parse_length(text);
    if (!length) return "a Content-Length that is no number";
    if (content_length_ && *content_length_ != *length) return "two Content-Lengths that differ";
    content_length_ = length;
  }
  return std::nullopt;
}

bool Exchange::has_no_body() const {
  return request_.method == Method::head || response_.status == 204 || response_.status == 304;
}

Exchange::Verdict Exchange::take_body(std::string_view piece, Moment now) {
  last_byte_ = now;
  if (streams_to_sink()) {
    is_paused_ = !handover_.put(piece);
    return is_paused_ ? Verdict::pause : Verdict::go_on;
  }
  if (piece.size() > request_.max_body - response_.body.size())
    return fail(Failure::too_large, fmt::format("{} bytes allowed", request_.max_body));
  response_.body.append(piece);
  return Verdict::go_on;
}

Exchange::Given Exchange::give_body(std::span<char> buffer, Moment now) {
  last_byte_ = now;
  if (request_.source) return give_from_source(buffer);
  const std::size_t count = std::min(buffer.size(), request_.body.size() - body_given_);
  std::memcpy(buffer.data(), request_.body.data() + body_given_, count);
  body_given_ += count;
  return {Verdict::go_on, count};
}

Exchange::Given Exchange::give_from_source(std::span<char> buffer) {
  const auto count = handover_.get(buffer);
  is_paused_ = !count;
  if (is_paused_) return {Verdict::pause, 0};
  body_given_ += *count;
  const std::uint64_t announced = request_.source_size.value_or(body_given_);
  const bool is_wrong = body_given_ > announced || (*count == 0 && body_given_ < announced);
  if (is_wrong)  // curl would wait for an answer to half a request
    return {
        fail(Failure::invalid_request,
             fmt::format("the source gave {} bytes, {} were announced", body_given_, announced)),
        0};
  return {Verdict::go_on, *count};
}

bool Exchange::rewind_body() {
  if (request_.source || effect_of(request_) == Effect::write) return false;
  body_given_ = 0;
  return true;
}

std::optional<Exchange::Silence> Exchange::silence() const {
  if (phase_ == Phase::unsent || is_paused_) return std::nullopt;
  const bool is_answering = phase_ == Phase::answering;
  const auto limit = is_answering ? request_.deadlines.silence : request_.deadlines.first_byte;
  if (limit.count() <= 0) return std::nullopt;
  return Silence{last_byte_ + limit,
                 is_answering ? Failure::timeout_silence : Failure::timeout_first_byte};
}

void Exchange::resumed(Moment now) {
  is_paused_ = false;
  last_byte_ = now;
}

Exchange::Verdict Exchange::fail(Failure failure, std::string detail) {
  failure_ = failure;
  detail_ = std::move(detail);
  return Verdict::give_up;
}

void Exchange::finish(Ending ending) {
  is_finished_ = true;
  if (!ending.has_sent && phase_ == Phase::sent) phase_ = Phase::unsent;
  if (!failure_ && ending.failure) fail(*ending.failure, std::move(ending.detail));
  if (!failure_ && phase_ != Phase::answering) fail(Failure::disconnected);
  response_.timing = ending.timing;
  if (started_ != Moment())
    response_.timing.queued = std::chrono::duration_cast<microseconds>(started_ - submitted_);
  handover_.finish();  // last: from here on everything is the lane's
}

Result<Response> Exchange::take_result() {
  FLIT_CHECK(is_finished_, "only a finished exchange has a result");
  if (failure_) return error(*failure_, detail_);
  response_.url = request_.url;
  return std::move(response_);
}

Error Exchange::error(Failure failure, std::string_view detail) const {
  return error_of(failure, phase_, request_, detail);
}

}  // namespace flit::http
