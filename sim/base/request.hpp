#pragma once
/// @file One request as a simulator sees it: a plain value, the same in process and over HTTP.
///
/// Transfer coding and gzip are already undone; nothing else is interpreted. A multipart body is
/// still the bytes that were sent.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/base/fault_kind.hpp"
#include "sim/base/headers.hpp"
#include "sim/base/target.hpp"

namespace flit::sim {

struct Request {
  std::string method = "GET";  ///< as sent; any token, "MERGE" too
  Target target;
  Headers headers;
  std::string body{};
  std::string peer = "in-process";  ///< "127.0.0.1:50312" over HTTP
  std::uint64_t connection = 0;  ///< requests of one kept-alive connection share it; 0 in process
  std::optional<InjectedFault>
      injected{};  ///< set by the frame; only kinds that is_for_platform() names

  /// For callers in process and tests. Fault::permanent when the target has a broken escape.
  static Result<Request> make(std::string method, std::string_view target, Headers headers = {},
                              std::string body = {});
};

}  // namespace flit::sim
