#pragma once
/// @file One request to a Bulk API, behind authentication and routing, and the shapes of answers.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.hpp"
#include "base/result.hpp"
#include "sim/base/request.hpp"
#include "sim/base/response.hpp"

namespace flit::sim::salesforce::bulk {

struct BulkCall {
  const Request& request;
  std::string version = "66.0";
  std::vector<std::string> path{};  ///< decoded segments behind "jobs" or "async/66.0"
  form::Fields parameters{};
  std::string user{};  ///< id of the caller

  std::string_view segment(std::size_t i) const {
    return i < path.size() ? std::string_view(path[i]) : std::string_view();
  }
  std::string_view parameter(std::string_view name) const {
    const std::string* found = form::find(parameters, name);
    return found == nullptr ? std::string_view() : std::string_view(*found);
  }
  std::string_view header(std::string_view name) const {
    return request.headers.value_or(name, "");
  }
};

/// A JSON answer; `endpoint` is its path template for the statistics.
Response json_answer(int status, std::string body);
Response csv_answer(std::string body);

/// `[{"errorCode":…,"message":…}]` with the error's own code.
Response json_error(int status, const Error& error);
Response not_found();
Response method_not_allowed(std::string_view method);

}  // namespace flit::sim::salesforce::bulk
