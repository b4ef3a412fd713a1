#pragma once
/// @file A client that sends exactly the bytes it is told to, well-formed or not, to 127.0.0.1.
///
/// For tests of servers: it neither validates nor repairs. Every read has a deadline of ten
/// seconds, after which the test fails instead of hanging. One thread per connection.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace flit::test {

struct RawResponse {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;                            ///< chunks joined; compressed bodies as they came
};

/// How a read ended that gave no (whole) response.
enum class Broken { closed, reset, timed_out };

class RawConnection {
 public:
  explicit RawConnection(std::uint16_t port);
  ~RawConnection();
  RawConnection(RawConnection&& other) noexcept;
  RawConnection& operator=(RawConnection&&) = delete;

  /// False when the server has gone away before everything was sent.
  bool send(std::string_view bytes);

  /// "I have nothing more to say": the write side is closed, the answer may still come.
  void half_close();

  /// The next response; empty when there is none, and broken() says why. `head`: answers a HEAD.
  std::optional<RawResponse> read(bool head = false);

  Broken broken() const { return broken_; }

 private:
  bool receive();
  bool read_until(std::string_view mark, std::string& into);
  bool read_exactly(std::size_t size, std::string& into);
  bool read_chunks(std::string& into);

  int socket_ = -1;
  std::string buffer_;
  Broken broken_ = Broken::closed;
};

/// One request on a connection of its own, "Content-Length" and "Host" added.
std::optional<RawResponse> http(std::uint16_t port, std::string_view method,
                                std::string_view target, std::string_view body = {},
                                std::string_view header_lines = {});

}  // namespace flit::test
