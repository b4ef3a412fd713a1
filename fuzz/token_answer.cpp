// Whatever a token endpoint answers, there is a token with a bounded life, or an error; the first
// byte chooses the status.

#include "http/token_answer.hpp"

#include <array>
#include <cstdint>
#include <string>

#include "fuzz/promise.hpp"

using flit::fuzz::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::array<int, 6> statuses{200, 400, 401, 429, 503, 201};
  static const flit::http::Request request{
      .url = flit::http::Url::parse("https://login.test/token").value()};
  flit::http::Response response{.status = statuses[data[0] % statuses.size()]};
  response.headers.add("Content-Type", "application/json");
  response.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);

  const auto answer = flit::http::read_token_answer(request, response, flit::Instant());

  if (!answer) {
    promise(!answer.error().text().empty(), "an error can be shown");
    return 0;
  }
  promise(response.is_success(), "a refusal brings no token");
  promise(!answer->access_token.empty(), "a token is not empty");
  promise(!answer->expires_in || answer->expires_in->count() >= 0, "its life is not over");
  return 0;
}
