#include "tests/support/tunnel.hpp"

#include <array>
#include <tuple>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace flit::test {
namespace {

int connect_to(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::ignore = ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address));
  return socket;
}

bool carry(int from, int to) {
  std::array<char, 16384> buffer;  // NOLINT: filled by recv
  const ssize_t count = ::recv(from, buffer.data(), buffer.size(), 0);
  return count > 0 &&
         ::send(to, buffer.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL) == count;
}

}  // namespace

void tunnel(int socket, std::uint16_t port) {
  const int other = connect_to(port);
  std::array<pollfd, 2> ends{{{socket, POLLIN, 0}, {other, POLLIN, 0}}};
  bool is_open = true;
  while (is_open && ::poll(ends.data(), ends.size(), -1) > 0) {
    if (ends[0].revents != 0) is_open = carry(socket, other);
    if (is_open && ends[1].revents != 0) is_open = carry(other, socket);
  }
  ::close(other);
}

}  // namespace flit::test
