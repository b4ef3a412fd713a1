#pragma once
/// @file One call below /services/data/vNN.N and its answer, without HTTP around them.
///
/// The same for a request of its own and for a part of a composite request (fact sheet §2.7).

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/encoding.hpp"
#include "sim/base/headers.hpp"
#include "sim/salesforce/schema/record_id.hpp"
#include "sim/salesforce/schema/refusal.hpp"

namespace flit::sim::salesforce {

/// Who calls.
struct Caller {
  RecordId user{};
};

struct ApiCall {
  std::string method = "GET";
  std::string version = "66.0";     ///< the client's, with one decimal
  std::vector<std::string> path{};  ///< decoded segments behind the version: "sobjects", "Account"
  form::Fields parameters{};
  const Headers* headers = nullptr;  ///< null: none
  std::string_view body{};
  std::string root{};  ///< "http://127.0.0.1:8080", for addresses in answers
  Caller caller{};
  bool partial = false;  ///< an injected fault: do a part of a collection, fail the rest

  std::string_view segment(std::size_t i) const {
    return i < path.size() ? std::string_view(path[i]) : std::string_view();
  }
  std::optional<std::string_view> parameter(std::string_view name) const {
    const std::string* found = form::find(parameters, name);
    return found == nullptr ? std::nullopt : std::optional<std::string_view>(*found);
  }
  std::string_view header(std::string_view name) const {
    return headers == nullptr ? std::string_view() : headers->value_or(name, "");
  }
  /// "/services/data/v66.0", where addresses in answers begin.
  std::string base() const { return "/services/data/v" + version; }
  int major() const { return std::atoi(version.c_str()); }
};

struct ApiReply {
  int status = 200;
  std::string body{};
  std::string content_type = "application/json;charset=UTF-8";
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string endpoint{};                               ///< path template for the statistics
  std::map<std::string, std::uint64_t> rows_written{};  ///< by object
  std::uint64_t rows = 0;                               ///< read or written, for the cost model

  static ApiReply json(int status, std::string body) {
    return {.status = status, .body = std::move(body)};
  }
  static ApiReply none(int status = 204) { return {.status = status}; }
  static ApiReply refused(const Refusal& refusal) { return json(refusal.status, refusal.body()); }
};

}  // namespace flit::sim::salesforce
