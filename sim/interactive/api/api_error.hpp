#pragma once
/// @file How Interactive says no: facts/sources.md §1.1, one shape for every error.

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "sim/base/response.hpp"

namespace flit::sim::interactive {

struct ErrorDetail {
  std::string field;
  std::string issue;
  std::string value;
};

struct ApiError {
  int status = 400;
  std::string code;
  std::string message{};
  std::vector<ErrorDetail> details{};
  std::vector<std::string> required_scopes{};
  std::vector<std::string> granted_scopes{};
  std::string module{};
};

/// A value, or what the client is told instead.
template <typename T>
using Checked = tl::expected<T, ApiError>;

tl::unexpected<ApiError> refuse(int status, std::string code, std::string message);

/// 400 invalid_parameter with one detail.
tl::unexpected<ApiError> bad_parameter(std::string_view field, std::string_view issue,
                                       std::string_view value);

ApiError not_found();
ApiError endpoint_not_available();

Response to_response(const ApiError& error, std::string_view request_id);

}  // namespace flit::sim::interactive
