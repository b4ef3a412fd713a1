#pragma once
/// @file One operation of the Web API, alone or as a part of a batch, and its answer.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "sim/dataverse/errors/refusal.hpp"
#include "sim/dataverse/odata/preferences.hpp"
#include "sim/dataverse/odata/query_options.hpp"
#include "sim/dataverse/odata/resource_path.hpp"
#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

struct ApiCall {
  std::string method{};
  std::string path{};   ///< below the service root, percent-encoded, without query
  std::string query{};  ///< percent-encoded
  std::function<std::optional<std::string_view>(std::string_view)> header{};
  std::string_view body{};
  std::string root{};  ///< "https://host/api/data/v9.2/"
  Caller caller{};
  odata::Preferences preferences{};

  std::string_view header_or(std::string_view name, std::string_view fallback) const {
    return header ? header(name).value_or(fallback) : fallback;
  }
};

struct ApiReply {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  std::string content_type = "application/json; odata.metadata=minimal";
  std::uint64_t rows = 0;                      ///< rows written, for limits and statistics
  std::uint64_t columns = 0;                   ///< cells written
  std::vector<std::uint64_t> rows_by_table{};  ///< rows written by the table's index
  std::uint64_t entitled = 0;                  ///< requests that the daily entitlement counts (§8)

  static ApiReply no_content() { return {.status = 204}; }
  static ApiReply json(int status, std::string body) {
    ApiReply reply;
    reply.status = status;
    reply.body = std::move(body);
    return reply;
  }
  void add(std::string_view name, std::string_view value);
};

/// A parsed URL: what the handlers work on.
struct Target {
  odata::ResourcePath path{};
  odata::QueryOptions options{};
};

/// Reads a body that must be a JSON object; 0x80048d19 or 0x80060888 otherwise.
Answer<json::Document> read_body(const ApiCall& call, std::string_view entity);

}  // namespace flit::sim::dataverse
