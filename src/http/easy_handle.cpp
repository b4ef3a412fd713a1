#include "http/easy_handle.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

#include "base/check.hpp"
#include "http/decoder.hpp"

namespace flit::http {
namespace {

// Bodies up to here leave in one packet with the head (lib/http.c, MAX_INITIAL_POST_SIZE).
constexpr std::size_t max_body_sent_with_head = std::size_t{64} * 1024;

Exchange& exchange_of(void* context) {
  return *static_cast<Exchange*>(context);
}

Moment now() {
  return std::chrono::steady_clock::now();
}

std::uint64_t bytes_sent(void* easy) {
  long size = 0;
  curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &size);
  return static_cast<std::uint64_t>(std::max(size, 0L));
}

extern "C" {

int flit_before_sending(void* context, char* /*their_ip*/, char* /*our_ip*/, int /*their_port*/,
                        int /*our_port*/) noexcept {
  Exchange& exchange = exchange_of(context);
  const auto verdict = exchange.before_sending(bytes_sent(exchange.easy()), now());
  return verdict == Exchange::Verdict::go_on ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

std::size_t flit_take_header(char* text, std::size_t size, std::size_t count,
                             void* context) noexcept {
  const std::size_t length = size * count;
  const auto verdict = exchange_of(context).take_header({text, length}, now());
  return verdict == Exchange::Verdict::go_on ? length : 0;
}

std::size_t flit_take_body(char* text, std::size_t size, std::size_t count,
                           void* context) noexcept {
  const std::size_t length = size * count;
  switch (exchange_of(context).take_body({text, length}, now())) {
    case Exchange::Verdict::go_on:
      return length;
    case Exchange::Verdict::pause:
      return CURL_WRITEFUNC_PAUSE;
    case Exchange::Verdict::give_up:
      break;
  }
  return length + 1;  // "not what was offered", for empty pieces as well
}

std::size_t flit_give_body(char* buffer, std::size_t size, std::size_t count,
                           void* context) noexcept {
  const auto given = exchange_of(context).give_body({buffer, size * count}, now());
  switch (given.verdict) {
    case Exchange::Verdict::go_on:
      return given.count;
    case Exchange::Verdict::pause:
      return CURL_READFUNC_PAUSE;
    case Exchange::Verdict::give_up:
      break;
  }
  return CURL_READFUNC_ABORT;
}

int flit_seek(void* context, curl_off_t offset, int origin) noexcept {
  const bool is_start = origin == SEEK_SET && offset == 0;
  return is_start && exchange_of(context).rewind_body() ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

}  // extern "C"

template <typename Value>
void set(void* easy, CURLoption option, Value value) {
  const CURLcode code = (curl_easy_setopt)(easy, option, value);
  FLIT_CHECK(code == CURLE_OK, "libcurl 7.88 knows every option that we set");
}

void set_callbacks(Exchange& exchange) {
  void* easy = exchange.easy();
  set(easy, CURLOPT_PRIVATE, &exchange);
  set(easy, CURLOPT_PREREQFUNCTION, flit_before_sending);
  set(easy, CURLOPT_PREREQDATA, &exchange);
  set(easy, CURLOPT_HEADERFUNCTION, flit_take_header);
  set(easy, CURLOPT_HEADERDATA, &exchange);
  set(easy, CURLOPT_WRITEFUNCTION, flit_take_body);
  set(easy, CURLOPT_WRITEDATA, &exchange);
}

void set_connection(void* easy, const Request& request, const ClientSettings& settings) {
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_PATH_AS_IS, 1L);
  set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(easy, CURLOPT_MAXAGE_CONN, static_cast<long>(settings.idle_lifetime.count()));
  set(easy, CURLOPT_TCP_KEEPALIVE, 1L);  // balancers forget silent connections after minutes
  // When a transfer ends while its name is being resolved, do not wait for the resolver's thread:
  // that would stop all lanes for as long as a name server is silent (lib/asyn-thread.c).
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  const bool wants_http2 = request.version == HttpVersion::http2;
  set(easy, CURLOPT_HTTP_VERSION,
      static_cast<long>(wants_http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_PIPEWAIT, wants_http2 ? 1L : 0L);  // share a connection rather than open one
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.deadlines.connect.count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.deadlines.total.count()));
}

void set_tls(void* easy, const ClientSettings& settings) {
  const bool is_verified = settings.tls == ClientSettings::Tls::verified;
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy, CURLOPT_SSL_VERIFYPEER, is_verified ? 1L : 0L);
  set(easy, CURLOPT_SSL_VERIFYHOST, is_verified ? 2L : 0L);
  // The folder of single certificates holds the same as the file, and as long as it is named, curl
  // reads all certificates anew for every connection (lib/vtls/openssl.c): 93 ms of the I/O thread
  // for each, instead of 2.6 ms (100 connections over loopback, two busy cores, Debian's CA file).
  set(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  if (!settings.ca_file.empty()) set(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
}

void set_proxy(void* easy, const ClientSettings& settings) {
  // "" and not nothing: nothing makes curl read http_proxy and no_proxy from the environment.
  set(easy, CURLOPT_PROXY, settings.proxy ? settings.proxy->address.c_str() : "");
  set(easy, CURLOPT_NOPROXY,
      settings.proxy ? fmt::format("{}", fmt::join(settings.proxy->bypass, ",")).c_str() : "");
  if (!settings.proxy || settings.proxy->user.empty()) return;
  set(easy, CURLOPT_PROXYUSERNAME, settings.proxy->user.c_str());
  set(easy, CURLOPT_PROXYPASSWORD, settings.proxy->password.reveal().c_str());
}

bool has_body(const Request& request) {
  const Method method = request.method;
  return !request.body.empty() || request.source || method == Method::post ||
         method == Method::put || method == Method::patch;
}

void set_streamed_body(Exchange& exchange, std::optional<std::uint64_t> size) {
  void* easy = exchange.easy();
  set(easy, CURLOPT_UPLOAD, 1L);
  set(easy, CURLOPT_READFUNCTION, flit_give_body);
  set(easy, CURLOPT_READDATA, &exchange);
  set(easy, CURLOPT_SEEKFUNCTION, flit_seek);
  set(easy, CURLOPT_SEEKDATA, &exchange);
  set(easy, CURLOPT_INFILESIZE_LARGE, size ? static_cast<curl_off_t>(*size) : curl_off_t{-1});
}

void set_method_and_body(Exchange& exchange) {
  const Request& request = exchange.request();
  void* easy = exchange.easy();
  if (request.method == Method::head) set(easy, CURLOPT_NOBODY, 1L);
  if (has_body(request)) {
    const bool is_small = !request.source && request.body.size() <= max_body_sent_with_head;
    if (is_small) {
      set(easy, CURLOPT_POST, 1L);
      set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      set(easy, CURLOPT_POSTFIELDS, request.body.data());
    } else {
      set_streamed_body(exchange, request.source ? request.source_size : request.body.size());
    }
  }
  set(easy, CURLOPT_CUSTOMREQUEST, std::string(to_string(request.method)).c_str());
}

bool wants_compression(const Request& request) {
  switch (request.compression) {
    case Compression::on:
      return true;
    case Compression::off:
      return false;
    case Compression::automatic:
      break;
  }
  return !request.sink;
}

void append(HeaderList& list, const std::string& line) {
  void* longer = curl_slist_append(static_cast<curl_slist*>(list.get()), line.c_str());
  FLIT_CHECK(longer != nullptr, "there is memory for a header line");
  std::ignore = list.release();
  list.reset(longer);
}

HeaderList headers_of(const Request& request) {
  HeaderList list;
  for (const Header& field : request.headers)
    append(list, field.value.empty() ? fmt::format("{};", field.name)
                                     : fmt::format("{}: {}", field.name, field.value));
  if (!request.headers.contains("Accept-Encoding"))
    append(list, fmt::format("Accept-Encoding: {}",
                             wants_compression(request) ? accepted_encodings : "identity"));
  append(list, "Expect:");  // curl would wait a second for "100 Continue" before a large body
  if (!request.headers.contains("Content-Type"))
    append(list, "Content-Type:");  // no form by default
  return list;
}

}  // namespace

void EasyDeleter::operator()(void* easy) const noexcept {
  curl_easy_cleanup(easy);
}

void ListDeleter::operator()(void* list) const noexcept {
  curl_slist_free_all(static_cast<curl_slist*>(list));
}

EasyHandle EasyPool::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!resting_.empty()) {
      EasyHandle easy = std::move(resting_.back());
      resting_.pop_back();
      return easy;
    }
  }
  EasyHandle easy(curl_easy_init());
  FLIT_CHECK(easy != nullptr, "there is memory for a handle");
  return easy;
}

void EasyPool::give_back(EasyHandle easy) {
  const std::lock_guard lock(mutex_);
  resting_.push_back(std::move(easy));
}

void forget_request(void* easy) {
  curl_easy_reset(easy);
}

HeaderList configure(Exchange& exchange, const ClientSettings& settings) {
  const Request& request = exchange.request();
  void* easy = exchange.easy();
  set(easy, CURLOPT_URL, request.url.text().c_str());
  set(easy, CURLOPT_USERAGENT, settings.user_agent.c_str());
  set_callbacks(exchange);
  set_connection(easy, request, settings);
  set_tls(easy, settings);
  set_proxy(easy, settings);
  set_method_and_body(exchange);
  HeaderList headers = headers_of(request);
  set(easy, CURLOPT_HTTPHEADER, headers.get());
  return headers;
}

}  // namespace flit::http
