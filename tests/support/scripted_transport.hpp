#pragma once
/// @file A Transport that answers what a test's function says, in process, and remembers requests.

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "http/transport.hpp"

namespace flit::test {

class ScriptedTransport final : public http::Transport {
 public:
  /// Called with the request and its number from 0, on the thread that sends; no lock is held.
  using Script = std::function<Result<http::Response>(const http::Request&, int number)>;

  explicit ScriptedTransport(Script script) : script_(std::move(script)) {}

  Result<http::Response> send(const http::Request& request, std::stop_token) override {
    int number = 0;
    {
      const std::lock_guard lock(mutex_);
      number = static_cast<int>(requests_.size());
      requests_.push_back(request);
    }
    return script_(request, number);
  }

  std::vector<http::Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  Script script_;
  mutable std::mutex mutex_;
  std::vector<http::Request> requests_;
};

}  // namespace flit::test
