#pragma once
/// @file One request and its answer on a libmicrohttpd connection: receive, handle, maybe wait,
/// send.
///
/// Internal to the server. A worker thread of libmicrohttpd calls proceed() again and again until
/// the answer is queued; an Exchange belongs to one worker, its waits to the DelayQueue.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>

#include "sim/base/delay_queue.hpp"
#include "sim/base/server.hpp"
#include "sim/base/service.hpp"

struct MHD_Connection;

namespace flit::sim {

/// A count that can be waited for; thread-safe.
class OpenRequests {
 public:
  void enter();
  void leave();
  void wait_for_none(std::chrono::milliseconds at_most);

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  int count_ = 0;
};

/// What all exchanges of a server share.
struct ExchangeContext {
  Service& service;
  Clock& clock;
  const ServerOptions& options;
  DelayQueue& delays;
  OpenRequests open{};  ///< requests that have arrived whole and are not answered yet
  /// Nothing may be put off any more. Set before `open` is waited for: a request that arrives
  /// behind that wait is answered at once.
  std::atomic<bool> stopping = false;
};

class Exchange {
 public:
  Exchange(ExchangeContext& context, std::string raw_target);
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// One call of libmicrohttpd's access handler; `size` is set to 0 when `data` was taken.
  /// False asks for the connection to be closed at once.
  bool proceed(MHD_Connection* connection, const char* method, const char* data, std::size_t& size);

 private:
  enum class Step { starting, receiving, answered, sent };

  bool start(MHD_Connection* connection, const char* method);
  void take(const char* data, std::size_t size);
  bool answer(MHD_Connection* connection);
  Response respond();
  bool send(MHD_Connection* connection);

  ExchangeContext& context_;
  std::string raw_target_;
  Step step_ = Step::starting;
  Request request_;
  std::size_t received_ = 0;  // body bytes, those beyond the limit too
  Response response_;
};

}  // namespace flit::sim
