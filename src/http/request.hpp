#pragma once
/// @file What is asked of a server: method, URL, headers, body, and how long it may take.
///
/// A plain value; the Transport that sends it only reads it. Bodies travel in memory, or, when they
/// are large, through a source (what we send) and a sink (what comes back), which are called on the
/// thread that called send(), one piece at a time, so that a file is never held in memory and a
/// slow disk slows down nobody else. A stop is noticed when such a call returns.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/headers.hpp"
#include "http/response.hpp"
#include "http/url.hpp"

namespace flit::http {

enum class Method { get, head, post, put, patch, del, options };

/// "GET", "HEAD" …
std::string_view to_string(Method method);
std::optional<Method> method_of(std::string_view name);

/// What a request does over there. Decides whether an unknown end is `transient` or `ambiguous`.
enum class Effect {
  read,   ///< changes nothing; sending it twice is harmless
  write,  ///< may have changed something once its first byte has left
};

enum class HttpVersion {
  http1,
  http2,  ///< asked for (ALPN) where a new https connection is made; shared by many requests
};

/// Real time, counted from when the request is handed to the network; zero means no limit.
struct Deadlines {
  std::chrono::milliseconds connect{10'000};      ///< name, TCP, proxy and TLS together
  std::chrono::milliseconds first_byte{130'000};  ///< from the last byte sent to the status line;
                                                  ///< facts/dataverse.md §9: a plug-in has 2 min
  std::chrono::milliseconds silence{60'000};      ///< no byte of the body for so long
  std::chrono::milliseconds total{600'000};       ///< everything, redirects included
};

/// Takes a piece of a body that is not kept in memory. Called only for answers with status 2xx;
/// `head` has status and headers and no body. An error ends the transfer and is what send()
/// returns.
using BodySink = std::function<Result<void>(const Response& head, std::string_view piece)>;

/// Writes the next bytes of a body into `buffer` and says how many; 0 ends it. An error likewise.
using BodySource = std::function<Result<std::size_t>(std::span<char> buffer)>;

enum class Compression {
  automatic,  ///< asked for when the answer is kept in memory, not when it goes to a sink
  on,
  off,
};

struct Request {
  Method method = Method::get;
  Url url{};
  Headers headers{};
  std::string body{};

  BodySource source{};                         ///< instead of `body`
  std::optional<std::uint64_t> source_size{};  ///< none: sent in chunks (Transfer-Encoding)
  BodySink sink{};                             ///< instead of Response::body

  /// None: what the method says. A POST that only reads (a query, a token) says so here.
  std::optional<Effect> effect{};

  Deadlines deadlines{};
  std::uint64_t max_body = 64U << 20U;  ///< bytes of an answer kept in memory, before and after
                                        ///< decompression; more is an error
  int max_redirects = 0;  ///< 0: a redirect is an answer like any other. Only reads follow.
  HttpVersion version = HttpVersion::http1;
  Compression compression = Compression::automatic;

  /// Take a 2xx answer that ends with its connection (no Content-Length, no chunks), although
  /// nobody can see whether it is whole.
  bool accept_unframed = false;
};

Effect effect_of(const Request& request);

/// "GET https://host/path?…": for errors and logs.
std::string shown(const Request& request);

}  // namespace flit::http
