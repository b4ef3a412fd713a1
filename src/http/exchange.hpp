#pragma once
/// @file One request on its way, as the I/O thread sees it: what has left, what has come, what
/// broke.
///
/// Fed by the callbacks of http/easy_handle.cpp, pure C++ otherwise. Everything but handover()
/// belongs to the I/O thread from submit() until the handover says `finished`, and to the lane
/// before and after (and while it takes pieces for a sink, the lane reads head()). The moments are
/// the machine's steady clock and not a Clock: curl's own timers are real, so ours are.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/fault.hpp"
#include "http/handover.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

namespace flit::http {

using Moment = std::chrono::steady_clock::time_point;

/// What the library said at the end.
struct Ending {
  std::optional<Failure> failure{};
  std::string detail{};
  bool has_sent = false;  ///< at least one byte of the request was written
  Timing timing{};
};

class Exchange {
 public:
  /// What a callback wants of the library.
  enum class Verdict { go_on, pause, give_up };
  struct Given {
    Verdict verdict;
    std::size_t count;
  };

  /// `easy` is curl's handle, set up for `request`; both outlive the exchange's way.
  Exchange(const Request& request, void* easy, Moment now);

  const Request& request() const { return request_; }
  void* easy() const { return easy_; }
  Handover& handover() { return handover_; }

  // Callbacks, on the I/O thread.

  void start(Moment now);

  /// Just before the request is written to a connection; `bytes_sent` is what curl has written so
  /// far for this exchange. The library silently repeats any request on a new connection when a
  /// kept one dies without an answer (lib/transfer.c, Curl_retry_request); a write must not be.
  Verdict before_sending(std::uint64_t bytes_sent, Moment now);

  /// Whether a byte of the request is among them: a proxy's CONNECT, which comes first, is not.
  bool has_sent(std::uint64_t bytes_sent) const;

  /// A line of a head, with its line end.
  Verdict take_header(std::string_view line, Moment now);
  Verdict take_body(std::string_view piece, Moment now);

  /// The next bytes of the request's body; count 0: its end.
  Given give_body(std::span<char> buffer, Moment now);
  bool rewind_body();

  /// When the silence will have lasted too long; none: no such deadline now.
  struct Silence {
    Moment deadline;
    Failure failure;
  };
  std::optional<Silence> silence() const;

  /// The transfer goes on after a pause.
  void resumed(Moment now);

  void finish(Ending ending);
  bool is_finished() const { return is_finished_; }

  // On the lane.

  /// Status and headers; complete once the first piece of the body has come.
  const Response& head() const { return response_; }
  bool streams_to_sink() const { return request_.sink && response_.is_success(); }

  /// REQUIRES: finished. The answer with its body as it was on the wire, or why there is none.
  Result<Response> take_result();

  /// The error for a failure of this exchange, with its phase.
  Error error(Failure failure, std::string_view detail = {}) const;

 private:
  void begin_head(std::string_view status_line);
  Verdict end_head();
  Given give_from_source(std::span<char> buffer);
  Verdict fail(Failure failure, std::string detail = {});
  bool has_no_body() const;
  std::optional<std::string> check_length();

  const Request& request_;
  void* easy_;
  Handover handover_;
  Response response_;
  Phase phase_ = Phase::unsent;
  bool is_in_head_ = false;
  bool is_multiplexed_ = false;                  // HTTP/2: every body has an end of its own
  std::optional<std::uint64_t> bytes_before_;    // written before the request's first byte
  std::optional<std::uint64_t> content_length_;  // announced
  std::uint64_t body_given_ = 0;                 // of the request's body
  std::size_t head_size_ = 0;
  Moment submitted_;
  Moment started_{};
  Moment last_byte_{};
  bool is_paused_ = false;
  bool is_finished_ = false;
  std::optional<Failure> failure_;  // ours; outranks the library's
  std::string detail_;
};

}  // namespace flit::http
