#pragma once
/// @file curl's handle for one request: every option that is set, and why, stands in the .cpp file.
///
/// Private to the room. Handles are made once and reused; a handle is used by one exchange at a
/// time. No curl header here: a handle is a void*, as curl itself defines it.

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "http/client.hpp"
#include "http/exchange.hpp"

namespace flit::http {

struct EasyDeleter {
  void operator()(void* easy) const noexcept;
};
using EasyHandle = std::unique_ptr<void, EasyDeleter>;

/// Handles at rest. Thread-safe.
class EasyPool {
 public:
  EasyHandle borrow();
  void give_back(EasyHandle easy);

 private:
  std::mutex mutex_;
  std::vector<EasyHandle> resting_;  // guarded by mutex_
};

/// The request's header lines in curl's own list.
struct ListDeleter {
  void operator()(void* list) const noexcept;
};
using HeaderList = std::unique_ptr<void, ListDeleter>;

/// Why a request cannot be sent as it is; nothing if it can.
std::optional<std::string> problem_of(const Request& request);

/// Sets everything up. The list must outlive the transfer. REQUIRES: the handle is at rest.
HeaderList configure(Exchange& exchange, const ClientSettings& settings);

/// Removes what belonged to a request, so that the handle may rest.
void forget_request(void* easy);

/// What the library knows about a transfer that ended with `curl_code`.
Ending ending_of(const Exchange& exchange, int curl_code);

/// Timing and progress of a transfer that we end ourselves.
Ending ending_of(const Exchange& exchange, Failure failure);

/// The first table of http/fault.hpp begins here: curl's code and how far the request had come.
/// `proxy_status` is what a proxy answered to CONNECT, 0 if nothing.
Failure failure_of_curl(int curl_code, bool has_sent, long proxy_status);

}  // namespace flit::http
