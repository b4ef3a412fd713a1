#pragma once
/// @file The I/O thread: one multi handle, an inbox, and the deadlines that curl does not know.
///
/// Private to the room. Lanes put exchanges into the inbox and wake the thread; only the thread
/// touches the multi handle. No callback of ours blocks, so one slow lane slows down no other.

#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <unordered_map>
#include <vector>

#include "http/easy_handle.hpp"
#include "http/exchange.hpp"

namespace flit::http {

struct MultiDeleter {
  void operator()(void* multi) const noexcept;
};

/// libcurl's own global state, counted by libcurl; initialising it is thread-safe since 7.84.
class CurlLibrary {
 public:
  CurlLibrary();
  ~CurlLibrary();
  CurlLibrary(const CurlLibrary&) = delete;
  CurlLibrary& operator=(const CurlLibrary&) = delete;
};

class IoLoop {
 public:
  explicit IoLoop(long max_idle_connections);

  /// Ends what is under way with Failure::cancelled.
  ~IoLoop();

  EasyPool& handles() { return handles_; }

  // Thread-safe. An exchange is shared because an abort may still lie in the inbox when its lane,
  // having got its answer, has gone.
  void submit(std::shared_ptr<Exchange> exchange);
  void abort(std::shared_ptr<Exchange> exchange);
  void resume(std::shared_ptr<Exchange> exchange);

 private:
  enum class Wish { submit, abort, resume };
  struct Letter {
    Wish wish;
    std::shared_ptr<Exchange> exchange;
  };
  using Alarms = std::multimap<Moment, Exchange*>;
  struct Active {
    std::shared_ptr<Exchange> exchange;
    Alarms::iterator alarm;
  };

  void put(Letter letter);
  void run(const std::stop_token& stop);
  void read_inbox();
  void start(const std::shared_ptr<Exchange>& exchange);
  void read_endings();
  void check_alarms();
  void set_alarm(Active& active, Moment at);
  void finish(Exchange& exchange, Ending ending);
  void poll();

  CurlLibrary library_;
  EasyPool handles_;
  std::unique_ptr<void, MultiDeleter> multi_;
  std::mutex mutex_;
  std::vector<Letter> inbox_;                     // guarded by mutex_
  std::unordered_map<Exchange*, Active> active_;  // the thread's own, as all below
  Alarms alarms_;
  std::vector<Letter> letters_;
  std::jthread thread_;  // last: it uses everything above
};

}  // namespace flit::http
