#include "sim/salesforce/service/faults.hpp"

#include "sim/salesforce/schema/errors.hpp"

namespace flit::sim::salesforce {

std::optional<Refusal> injected_refusal(const InjectedFault& fault) {
  switch (fault.kind) {
    case FaultKind::unauthorized:
      return errors::session_expired();
    case FaultKind::throttled:
      return errors::request_limit("ConcurrentPerOrgLongTxn");
    case FaultKind::unavailable:
      return Refusal{.status = 503,
                     .code = "SERVER_UNAVAILABLE",
                     .message = "The server is temporarily unavailable"};
    case FaultKind::lock:
      return Refusal{.code = "UNABLE_TO_LOCK_ROW",
                     .message =
                         "unable to obtain exclusive access to this record or 1 records: "
                         "001000000000001AAA"};
    default:
      return std::nullopt;
  }
}

}  // namespace flit::sim::salesforce
