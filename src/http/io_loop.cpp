#include "http/io_loop.hpp"

#include <algorithm>
#include <csignal>
#include <utility>

#include <curl/curl.h>

#include "base/check.hpp"

namespace flit::http {
namespace {

using std::chrono::milliseconds;

Moment now() {
  return std::chrono::steady_clock::now();
}

/// How long an exchange may go unlooked at: no deadline of its own is shorter.
milliseconds shortest_silence(const Deadlines& deadlines) {
  constexpr milliseconds none = std::chrono::hours(24);
  const auto limit = [none](milliseconds value) { return value.count() > 0 ? value : none; };
  return std::min(limit(deadlines.first_byte), limit(deadlines.silence));
}

/// Signals are the application's: this thread takes none, and a peer that hangs up is an error
/// code.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

CurlLibrary::CurlLibrary() {
  FLIT_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "libcurl can be initialised");
}

CurlLibrary::~CurlLibrary() {
  curl_global_cleanup();
}

void MultiDeleter::operator()(void* multi) const noexcept {
  curl_multi_cleanup(multi);
}

IoLoop::IoLoop(long max_idle_connections) : multi_(curl_multi_init()) {
  FLIT_CHECK(multi_ != nullptr, "there is memory for a multi handle");
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, max_idle_connections);
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

IoLoop::~IoLoop() {
  thread_.request_stop();
  curl_multi_wakeup(multi_.get());
  thread_.join();
}

void IoLoop::submit(std::shared_ptr<Exchange> exchange) {
  put({Wish::submit, std::move(exchange)});
}

void IoLoop::abort(std::shared_ptr<Exchange> exchange) {
  put({Wish::abort, std::move(exchange)});
}

void IoLoop::resume(std::shared_ptr<Exchange> exchange) {
  put({Wish::resume, std::move(exchange)});
}

void IoLoop::put(Letter letter) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = inbox_.empty();
    inbox_.push_back(std::move(letter));
  }
  if (was_empty) curl_multi_wakeup(multi_.get());
}

void IoLoop::run(const std::stop_token& stop) {
  block_signals();
  while (!stop.stop_requested()) {
    read_inbox();
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    read_endings();
    check_alarms();
    poll();
  }
  read_inbox();
  while (!active_.empty()) {
    Exchange& exchange = *active_.begin()->second.exchange;
    finish(exchange, ending_of(exchange, Failure::cancelled));
  }
}

void IoLoop::read_inbox() {
  {
    const std::lock_guard lock(mutex_);
    letters_.swap(inbox_);
  }
  for (const Letter& letter : letters_) {
    Exchange& exchange = *letter.exchange;
    if (exchange.is_finished()) continue;
    switch (letter.wish) {
      case Wish::submit:
        start(letter.exchange);
        break;
      case Wish::abort:
        finish(exchange, ending_of(exchange, Failure::cancelled));
        break;
      case Wish::resume:
        exchange.resumed(now());
        curl_easy_pause(exchange.easy(), CURLPAUSE_CONT);
        break;
    }
  }
  letters_.clear();
}

void IoLoop::start(const std::shared_ptr<Exchange>& exchange) {
  const Moment moment = now();
  exchange->start(moment);
  Active& active = active_[exchange.get()];
  active = {exchange, alarms_.end()};
  set_alarm(active, moment + shortest_silence(exchange->request().deadlines));
  if (curl_multi_add_handle(multi_.get(), exchange->easy()) != CURLM_OK)
    finish(*exchange, {.failure = Failure::internal});
}

void IoLoop::read_endings() {
  int waiting = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &waiting)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* context = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &context);
    auto& exchange = *static_cast<Exchange*>(context);
    const int code = message->data.result;
    finish(exchange, ending_of(exchange, code));
  }
}

/// Looks at every exchange whose alarm has come. Alarms are set once and only looked at when they
/// come, so a byte that arrives costs nothing here.
void IoLoop::check_alarms() {
  const Moment moment = now();
  while (!alarms_.empty() && alarms_.begin()->first <= moment) {
    Active& active = active_.at(alarms_.begin()->second);
    Exchange& exchange = *active.exchange;
    const auto silence = exchange.silence();
    if (silence && silence->deadline <= moment) {
      finish(exchange, ending_of(exchange, silence->failure));
      continue;
    }
    const Moment latest = moment + shortest_silence(exchange.request().deadlines);
    set_alarm(active, silence ? std::min(silence->deadline, latest) : latest);
  }
}

void IoLoop::set_alarm(Active& active, Moment at) {
  if (active.alarm != alarms_.end()) alarms_.erase(active.alarm);
  active.alarm = alarms_.emplace(at, active.exchange.get());
}

void IoLoop::finish(Exchange& exchange, Ending ending) {
  const auto found = active_.find(&exchange);
  FLIT_CHECK(found != active_.end(), "only what was started can finish");
  const std::shared_ptr<Exchange> keep = std::move(found->second.exchange);
  alarms_.erase(found->second.alarm);
  active_.erase(found);
  curl_multi_remove_handle(multi_.get(), keep->easy());
  keep->finish(std::move(ending));
}

void IoLoop::poll() {
  constexpr milliseconds longest = std::chrono::hours(1);
  milliseconds timeout = longest;
  if (!alarms_.empty()) {
    const auto until = std::chrono::ceil<milliseconds>(alarms_.begin()->first - now());
    timeout = std::clamp(until, milliseconds(0), longest);
  }
  curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(timeout.count()), nullptr);
}

}  // namespace flit::http
