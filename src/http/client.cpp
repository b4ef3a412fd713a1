#include "http/client.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/held_lock.hpp"
#include "http/body_reader.hpp"
#include "http/io_loop.hpp"
#include "http/redirect.hpp"

namespace flit::http {
namespace {

/// A handle of the pool, back there when the lane leaves.
class Lease {
 public:
  explicit Lease(EasyPool& pool) : pool_(pool), easy_(pool.borrow()) {}
  ~Lease() {
    forget_request(easy_.get());
    pool_.give_back(std::move(easy_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  void* easy() const { return easy_.get(); }

 private:
  EasyPool& pool_;
  EasyHandle easy_;
};

/// What a lane does while its exchange is under way: feeds the source, empties into the sink.
class Attendance {
 public:
  Attendance(IoLoop& loop, std::shared_ptr<Exchange> exchange)
      : loop_(loop), exchange_(std::move(exchange)), reader_(*exchange_) {}

  /// Returns once the I/O thread is done with the exchange.
  Result<Response> wait() {
    Handover& handover = exchange_->handover();
    while (true) {
      switch (handover.wait()) {
        case Handover::Event::incoming:
          take_piece();
          break;
        case Handover::Event::wanted:
          give_piece();
          break;
        case Handover::Event::finished:
          return result();
      }
    }
  }

 private:
  void take_piece() {
    const Handover::Taken taken = exchange_->handover().take();
    if (!error_) check(reader_.feed(taken.bytes));
    if (taken.was_paused) loop_.resume(exchange_);
  }

  void give_piece() {
    Handover& handover = exchange_->handover();
    if (buffer_.empty()) buffer_.resize(Handover::window);
    const auto count = exchange_->request().source(buffer_);
    if (!count) {
      handover.stop_giving();
      return check(Error(count.error()));
    }
    if (handover.give({buffer_.data(), *count})) loop_.resume(exchange_);
  }

  void check(Result<void> step) {
    if (step) return;
    error_ = std::move(step).error();
    loop_.abort(exchange_);
  }

  Result<Response> result() {
    if (error_) return std::move(*error_);
    FLIT_TRY(response, exchange_->take_result());
    return reader_.finish(std::move(response));
  }

  IoLoop& loop_;
  std::shared_ptr<Exchange> exchange_;
  BodyReader reader_;
  std::string buffer_;
  std::optional<Error> error_;
};

}  // namespace

Client::Client(ClientSettings settings)
    : settings_(std::move(settings)),
      loop_(std::make_unique<IoLoop>(settings_.max_idle_connections)) {}

Client::~Client() = default;

Result<Response> Client::send(const Request& request, std::stop_token stop) {
  require_no_lock_held("a request is sent");
  if (auto problem = problem_of(request))
    return error_of(Failure::invalid_request, Phase::unsent, request, *problem);
  if (request.max_redirects <= 0) return perform(request, stop);
  RedirectTrail trail(request, std::chrono::steady_clock::now());
  while (true) {
    FLIT_TRY(response, perform(trail.current(), stop));
    FLIT_TRY(goes_on, trail.follow(response, std::chrono::steady_clock::now()));
    if (!goes_on) return response;
  }
}

Result<Response> Client::perform(const Request& request, const std::stop_token& stop) {
  if (stop.stop_requested()) return error_of(Failure::cancelled, Phase::unsent, request);
  const Lease lease(loop_->handles());
  const auto exchange =
      std::make_shared<Exchange>(request, lease.easy(), std::chrono::steady_clock::now());
  const HeaderList headers = configure(*exchange, settings_);
  loop_->submit(exchange);
  const std::stop_callback on_stop(stop, [&] { loop_->abort(exchange); });
  return Attendance(*loop_, exchange).wait();
}

}  // namespace flit::http
