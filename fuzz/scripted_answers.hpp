#pragma once
/// @file Answers of a server that a fuzzer made up: one line each, "200 {…}", the last one again
/// and again.

#include <charconv>
#include <stop_token>
#include <string>
#include <string_view>

#include "http/transport.hpp"

namespace flit::fuzz {

class ScriptedAnswers final : public http::Transport {
 public:
  explicit ScriptedAnswers(std::string_view lines) : rest_(lines) {}

  /// A server that never comes to an end is cut off after some hundred answers.
  Result<http::Response> send(const http::Request& request, std::stop_token) override {
    if (++sent_ > most) return Error{.fault = Fault::transient, .message = "no more answers"};
    next_line();
    http::Response response = answer();
    response.url = request.url;
    return response;
  }

 private:
  static constexpr int most = 300;

  void next_line() {
    if (rest_.empty()) return;
    const std::size_t end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  }

  http::Response answer() const {
    int status = 200;
    std::string_view body = line_;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), status);
    if (error == std::errc()) body.remove_prefix(static_cast<std::size_t>(end - body.data()));
    if (status < 100 || status > 599) status = 200;
    http::Response response{.status = status};
    response.headers.add("Content-Type", "application/json");
    if (status == 429) response.headers.add("Retry-After", "3");
    response.body.reserve(body.size() + http::body_padding);
    response.body = body;
    return response;
  }

  std::string_view rest_;
  std::string_view line_;
  int sent_ = 0;
};

}  // namespace flit::fuzz
