#include "sim/base/exchange.hpp"

#include <charconv>
#include <cstdio>
#include <exception>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <microhttpd.h>
#include <netinet/in.h>

#include "sim/base/gzip.hpp"
#include "sim/base/wire_response.hpp"

namespace flit::sim {

namespace {

MHD_Result add_header(void* headers, MHD_ValueKind /*kind*/, const char* name, const char* value) {
  static_cast<Headers*>(headers)->add(name, value == nullptr ? "" : value);
  return MHD_YES;
}

std::string peer_of(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  if (info == nullptr || info->client_addr == nullptr || info->client_addr->sa_family != AF_INET)
    return "unknown";
  const auto* address = reinterpret_cast<const sockaddr_in*>(info->client_addr);
  char text[INET_ADDRSTRLEN] = "";
  inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
  return fmt::format("{}:{}", text, ntohs(address->sin_port));
}

std::uint64_t number_of(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == nullptr ? 0 : reinterpret_cast<std::uintptr_t>(info->socket_context);
}

std::size_t announced_length(const Headers& headers) {
  const std::string_view text = headers.value_or("Content-Length", "0");
  std::size_t length = 0;
  std::from_chars(text.data(), text.data() + text.size(), length);
  return length;
}

Response too_large(std::size_t limit) {
  return Response::plain(413, fmt::format("The request body is longer than {} bytes.", limit));
}

/// Undoes Content-Encoding; a response when that is impossible.
std::optional<Response> unpack(Request& request, std::size_t max_bytes) {
  const auto encoding = request.headers.find("Content-Encoding");
  if (!encoding || same_name(*encoding, "identity") || request.body.empty()) return std::nullopt;
  if (!same_name(*encoding, "gzip") && !same_name(*encoding, "x-gzip") &&
      !same_name(*encoding, "deflate"))
    return Response::plain(415, "Content-Encoding may be gzip, deflate or identity.");
  auto plain = gunzip(request.body, max_bytes);
  if (!plain)
    return plain.error().fault == Fault::limit ? too_large(max_bytes)
                                               : Response::plain(400, plain.error().message);
  request.body = std::move(*plain);
  return std::nullopt;
}

}  // namespace

void OpenRequests::enter() {
  const std::lock_guard lock(mutex_);
  ++count_;
}

void OpenRequests::leave() {
  const std::lock_guard lock(mutex_);
  if (--count_ == 0) none_.notify_all();
}

void OpenRequests::wait_for_none(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  none_.wait_for(lock, at_most, [&] { return count_ == 0; });
}

Exchange::Exchange(ExchangeContext& context, std::string raw_target)
    : context_(context), raw_target_(std::move(raw_target)) {}

Exchange::~Exchange() {
  if (step_ == Step::answered || step_ == Step::sent) context_.open.leave();
}

bool Exchange::proceed(MHD_Connection* connection, const char* method, const char* data,
                       std::size_t& size) {
  switch (step_) {
    case Step::starting:
      return start(connection, method);
    case Step::receiving:
      if (size == 0) return answer(connection);
      take(data, size);
      size = 0;
      // a client that goes on and on is cut off; up to here it gets its 413
      return received_ <= 2 * context_.options.max_body_bytes;
    case Step::answered:
      return send(connection);
    case Step::sent:
      return true;
  }
  return false;
}

bool Exchange::start(MHD_Connection* connection, const char* method) {
  request_.method = method;
  request_.peer = peer_of(connection);
  request_.connection = number_of(connection);
  MHD_get_connection_values(connection, MHD_HEADER_KIND, &add_header, &request_.headers);
  step_ = Step::receiving;
  const std::size_t length = announced_length(request_.headers);
  if (length > context_.options.max_body_bytes) {
    response_ = too_large(context_.options.max_body_bytes);
    context_.open.enter();
    return send(connection);  // before the body: libmicrohttpd closes the connection afterwards
  }
  request_.body.reserve(std::min<std::size_t>(length, 1U << 20U));
  return true;
}

void Exchange::take(const char* data, std::size_t size) {
  received_ += size;
  if (received_ <= context_.options.max_body_bytes)
    request_.body.append(data, size);
  else
    request_.body = {};
}

bool Exchange::answer(MHD_Connection* connection) {
  context_.open.enter();
  step_ = Step::answered;
  response_ = respond();
  if (response_.fate.delay <= std::chrono::microseconds(0) || context_.stopping)
    return send(connection);
  const Tick due = context_.clock.after(response_.fate.delay);
  MHD_suspend_connection(connection);
  context_.delays.schedule(due, [connection] { MHD_resume_connection(connection); });
  return true;
}

Response Exchange::respond() {
  if (received_ > context_.options.max_body_bytes)
    return too_large(context_.options.max_body_bytes);
  auto target = Target::parse(raw_target_);
  if (!target) return Response::plain(400, target.error().text());
  request_.target = std::move(*target);
  if (auto refused = unpack(request_, context_.options.max_body_bytes)) return std::move(*refused);
  try {
    return context_.service.handle(request_);
  } catch (const std::exception& bug) {
    fmt::print(stderr, "flitsim: {} {}: {}\n", request_.method, request_.target.path, bug.what());
    return Response::plain(500, "The simulator has a bug; its log says which.");
  }
}

bool Exchange::send(MHD_Connection* connection) {
  step_ = Step::sent;
  return send_response(connection, request_, std::move(response_));
}

}  // namespace flit::sim
