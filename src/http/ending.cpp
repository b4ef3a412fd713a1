#include <algorithm>

#include <curl/curl.h>

#include "http/easy_handle.hpp"

namespace flit::http {
namespace {

std::chrono::microseconds time_of(void* easy, CURLINFO info) {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy, info, &microseconds);
  return std::chrono::microseconds(microseconds);
}

Timing timing_of(void* easy) {
  return {.connected = std::max(time_of(easy, CURLINFO_CONNECT_TIME_T),
                                time_of(easy, CURLINFO_APPCONNECT_TIME_T)),
          .first_byte = time_of(easy, CURLINFO_STARTTRANSFER_TIME_T),
          .total = time_of(easy, CURLINFO_TOTAL_TIME_T)};
}

bool has_sent(const Exchange& exchange) {
  long bytes = 0;
  curl_easy_getinfo(exchange.easy(), CURLINFO_REQUEST_SIZE, &bytes);
  return exchange.has_sent(static_cast<std::uint64_t>(std::max(bytes, 0L)));
}

}  // namespace

Ending ending_of(const Exchange& exchange, int curl_code) {
  void* easy = exchange.easy();
  Ending ending{.has_sent = has_sent(exchange), .timing = timing_of(easy)};
  if (curl_code == CURLE_OK) return ending;
  long proxy_status = 0;
  curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
  ending.failure = failure_of_curl(curl_code, ending.has_sent, proxy_status);
  const auto total = exchange.request().deadlines.total;
  if (ending.failure == Failure::timeout_connect && total.count() > 0 &&
      ending.timing.total >= total)
    ending.failure = Failure::timeout_total;
  ending.detail = curl_easy_strerror(static_cast<CURLcode>(curl_code));
  return ending;
}

Ending ending_of(const Exchange& exchange, Failure failure) {
  void* easy = exchange.easy();
  return {.failure = failure, .has_sent = has_sent(exchange), .timing = timing_of(easy)};
}

}  // namespace flit::http
