#pragma once
/// @file The Web API of one environment: addresses, the headers that every request carries,
/// answers.
///
/// Knows facts/dataverse.md §1 and §2 and no table. Sends through the Transport it is given, which
/// authorises and keeps no cookies (the affinity cookie would tie us to one server, §8). Retries
/// nothing. Thread-safe.

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "destinations/dataverse/settings.hpp"
#include "http/transport.hpp"

namespace flit::destinations::dataverse {

/// One step of a $batch: a request below the API's root.
struct Operation {
  http::Method method = http::Method::get;
  std::string target;  ///< "accounts(7eb6…)?$select=name", encoded
  http::Headers headers{};
  std::string body{};
};

/// What a $batch came to: the parts in order, perhaps fewer than were asked.
struct BatchAnswer {
  std::vector<http::Response> parts;
  std::chrono::microseconds time{};
};

class WebApi {
 public:
  /// `transport` and `clock` outlive this. `root` is the environment's URL.
  WebApi(http::Transport& transport, const Clock& clock, http::Url root, PlatformSettings settings);

  const PlatformSettings& settings() const { return settings_; }
  Instant now() const { return clock_.now(); }

  /// The API's own URL: "https://contoso.crm4.dynamics.com/api/data/v9.2".
  std::string root() const { return root_.text(); }

  /// "accounts?$select=name", encoded already, below the root.
  Result<http::Url> url(std::string_view target) const;

  /// Any 2xx answer, or the platform's refusal as an Error with its fault.
  Result<http::Response> get(std::string_view target, std::stop_token stop,
                             const http::Headers& extra = {}) const;
  Result<http::Response> get(const http::Url& url, std::stop_token stop,
                             const http::Headers& extra = {}) const;
  Result<http::Response> write(const Operation& operation, std::stop_token stop) const;

  /// The same for what may not be there: none for 404.
  Result<std::optional<http::Response>> find(std::string_view target, std::stop_token stop,
                                             const http::Headers& extra = {}) const;
  Result<void> remove(const Operation& operation, std::stop_token stop) const;

  /// Every operation on its own, with continue-on-error (§7); at most 1,000. An error is about the
  /// whole. Effect::read for batches of nothing but GETs.
  Result<BatchAnswer> batch(std::span<const Operation> operations, http::Effect effect,
                            std::stop_token stop) const;

  /// The headers by which the environment's automation is passed by (§2).
  const http::Headers& bypass() const { return bypass_; }

  /// A link that a page gave: only to the environment itself, since the token goes along.
  Result<http::Url> link(std::string_view text) const;

 private:
  http::Request request(http::Method method, http::Url url) const;
  Result<http::Request> request(const Operation& operation) const;
  Result<std::optional<http::Response>> exchange_or_none(const http::Request& request,
                                                         std::stop_token stop) const;
  Result<http::Response> exchange(const http::Request& request, std::stop_token stop) const;
  Result<std::string> batch_body(std::span<const Operation> operations,
                                 std::string& content_type) const;

  http::Transport& transport_;
  const Clock& clock_;
  http::Url root_;
  PlatformSettings settings_;
  http::Headers bypass_;
};

/// The body as JSON. Fault::setup for a page of something else, else Fault::transient; for a write
/// the caller has its effect.
Result<json::Document> json_of(const http::Response& response);

/// The rows of an answer to a query; what has none is not the Web API's answer: Fault::transient.
Result<json::Value> rows_in(const json::Document& document, std::string_view where);

}  // namespace flit::destinations::dataverse
