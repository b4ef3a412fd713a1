#include "tests/support/raw_http.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <utility>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace flit::test {

namespace {

constexpr int patience_ms = 10'000;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

RawResponse parse_head(const std::string& head) {
  RawResponse response;
  response.status = std::stoi("0" + head.substr(std::min<std::size_t>(9, head.size()), 3));
  for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
    const std::size_t end = std::min(head.find("\r\n", at), head.size());
    const std::string line = head.substr(at, end - at);
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos)
      response.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
    at = end + 2;
  }
  return response;
}

}  // namespace

RawConnection::RawConnection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    ADD_FAILURE() << "cannot connect to port " << port;
}

RawConnection::~RawConnection() {
  if (socket_ >= 0) ::close(socket_);
}

RawConnection::RawConnection(RawConnection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

bool RawConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawConnection::half_close() {
  ::shutdown(socket_, SHUT_WR);
}

bool RawConnection::receive() {
  pollfd waiting{socket_, POLLIN, 0};
  if (::poll(&waiting, 1, patience_ms) <= 0) {
    broken_ = Broken::timed_out;
    return false;
  }
  char room[65536];
  const ssize_t size = ::recv(socket_, room, sizeof room, 0);
  if (size <= 0) {
    broken_ = size < 0 && errno == ECONNRESET ? Broken::reset : Broken::closed;
    return false;
  }
  buffer_.append(room, static_cast<std::size_t>(size));
  return true;
}

bool RawConnection::read_until(std::string_view mark, std::string& into) {
  std::size_t found = buffer_.find(mark);
  for (; found == std::string::npos; found = buffer_.find(mark))
    if (!receive()) return false;
  into = buffer_.substr(0, found);
  buffer_.erase(0, found + mark.size());
  return true;
}

bool RawConnection::read_exactly(std::size_t size, std::string& into) {
  while (buffer_.size() < size)
    if (!receive()) return false;
  into += buffer_.substr(0, size);
  buffer_.erase(0, size);
  return true;
}

bool RawConnection::read_chunks(std::string& into) {
  while (true) {
    std::string line;
    if (!read_until("\r\n", line)) return false;
    const std::size_t size = std::stoul("0" + line, nullptr, 16);
    std::string end;
    if (!read_exactly(size, into) || !read_until("\r\n", end)) return false;
    if (size == 0) return true;
  }
}

std::optional<RawResponse> RawConnection::read(bool head) {
  std::string text;
  if (!read_until("\r\n\r\n", text)) return std::nullopt;
  RawResponse response = parse_head(text);
  if (response.status == 100) return read(head);
  if (head) return response;
  if (response.headers.contains("transfer-encoding"))
    return read_chunks(response.body) ? std::optional(std::move(response)) : std::nullopt;
  const auto length = response.headers.find("content-length");
  if (length == response.headers.end()) return response;
  if (!read_exactly(std::stoul(length->second), response.body)) return std::nullopt;
  return response;
}

std::optional<RawResponse> http(std::uint16_t port, std::string_view method,
                                std::string_view target, std::string_view body,
                                std::string_view header_lines) {
  RawConnection connection(port);
  std::string text = std::string(method) + " " + std::string(target) +
                     " HTTP/1.1\r\nHost: localhost\r\n" +
                     "Content-Length: " + std::to_string(body.size()) + "\r\n" +
                     std::string(header_lines) + "\r\n" + std::string(body);
  connection.send(text);
  return connection.read(method == "HEAD");
}

}  // namespace flit::test
