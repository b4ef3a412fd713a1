#include "destinations/dataverse/web_api.hpp"

#include <utility>

#include <fmt/format.h>

#include "destinations/dataverse/answer.hpp"
#include "http/embedded.hpp"
#include "http/multipart.hpp"

namespace flit::destinations::dataverse {
namespace {

constexpr int boundary_tries = 8;

http::Headers bypass_headers(const BypassSettings& settings) {
  http::Headers headers;
  if (settings.custom_logic)
    headers.add("MSCRM.BypassBusinessLogicExecution", "CustomSync,CustomAsync");
  if (settings.flows) headers.add("MSCRM.SuppressCallbackRegistrationExpanderJob", "true");
  if (!settings.duplicate_rules) headers.add("MSCRM.SuppressDuplicateDetection", "false");
  return headers;
}

/// A batch whose answer cannot be read has been carried out, or not: nobody knows (§16.6).
Error unreadable(Error error, http::Effect effect) {
  error.fault = effect == http::Effect::write ? Fault::ambiguous : Fault::transient;
  return std::move(error).during("reading the answer to a batch");
}

Result<std::vector<http::Response>> parts_of(const http::Response& response) {
  const auto type = response.headers.find("Content-Type").value_or("");
  FLIT_TRY(parts, http::parse_multipart(type, response.body));
  std::vector<http::Response> answers;
  answers.reserve(parts.size());
  for (const http::Part& part : parts) {
    FLIT_TRY(answer, http::parse_embedded_response(part.body));
    answers.push_back(std::move(answer));
  }
  return answers;
}

std::string where_of(const http::Request& request) {
  return http::shown(request);
}

}  // namespace

WebApi::WebApi(http::Transport& transport, const Clock& clock, http::Url root,
               PlatformSettings settings)
    : transport_(transport),
      clock_(clock),
      root_(std::move(root)),
      settings_(std::move(settings)),
      bypass_(bypass_headers(settings_.bypass)) {
  root_.clear_query().append_path("api/data/" + settings_.api_version);
}

Result<http::Url> WebApi::url(std::string_view target) const {
  return http::Url::parse(fmt::format("{}/{}", root_.text(), target));
}

http::Request WebApi::request(http::Method method, http::Url url) const {
  http::Request request{.method = method, .url = std::move(url)};
  request.headers.add("Accept", "application/json")
      .add("OData-Version", "4.0")
      .add("OData-MaxVersion", "4.0");
  if (method == http::Method::get) request.headers.add("If-None-Match", "null");
  return request;
}

Result<http::Response> WebApi::exchange(const http::Request& request, std::stop_token stop) const {
  FLIT_TRY(response, transport_.send(request, std::move(stop)));
  auto refusal = refusal_of(response, http::effect_of(request), where_of(request), now());
  if (refusal) return std::move(refusal->error);
  return response;
}

Result<http::Response> WebApi::get(std::string_view target, std::stop_token stop,
                                   const http::Headers& extra) const {
  FLIT_TRY(whole, url(target));
  return get(whole, std::move(stop), extra);
}

Result<http::Response> WebApi::get(const http::Url& url, std::stop_token stop,
                                   const http::Headers& extra) const {
  http::Request asked = request(http::Method::get, url);
  for (const http::Header& header : extra) asked.headers.set(header.name, header.value);
  return exchange(asked, std::move(stop));
}

Result<http::Request> WebApi::request(const Operation& operation) const {
  FLIT_TRY(whole, url(operation.target));
  http::Request asked = request(operation.method, whole);
  if (!operation.body.empty()) asked.headers.add("Content-Type", "application/json");
  for (const http::Header& header : operation.headers) asked.headers.set(header.name, header.value);
  asked.body = operation.body;
  return asked;
}

Result<http::Response> WebApi::write(const Operation& operation, std::stop_token stop) const {
  FLIT_TRY(asked, request(operation));
  return exchange(asked, std::move(stop));
}

Result<std::optional<http::Response>> WebApi::exchange_or_none(const http::Request& request,
                                                               std::stop_token stop) const {
  FLIT_TRY(response, transport_.send(request, std::move(stop)));
  if (response.status == 404) return std::optional<http::Response>();
  auto refusal = refusal_of(response, http::effect_of(request), where_of(request), now());
  if (refusal) return std::move(refusal->error);
  return std::optional(std::move(response));
}

Result<std::optional<http::Response>> WebApi::find(std::string_view target, std::stop_token stop,
                                                   const http::Headers& extra) const {
  FLIT_TRY(asked, request(Operation{.target = std::string(target), .headers = extra}));
  return exchange_or_none(asked, std::move(stop));
}

Result<void> WebApi::remove(const Operation& operation, std::stop_token stop) const {
  FLIT_TRY(asked, request(operation));
  FLIT_TRY_VOID(exchange_or_none(asked, std::move(stop)));
  return {};
}

Result<std::string> WebApi::batch_body(std::span<const Operation> operations,
                                       std::string& content_type) const {
  Error last;
  for (int attempt = 0; attempt < boundary_tries; ++attempt) {
    http::MultipartWriter writer(fmt::format("batch_flit_{}", attempt));
    bool fits = true;
    for (const Operation& operation : operations) {
      http::Headers headers = operation.headers;
      if (!operation.body.empty())
        headers.add("Content-Type", "application/json")
            .add("Content-Length", std::to_string(operation.body.size()));
      headers.add("Accept", "application/json");
      FLIT_TRY(inner, http::write_embedded({.method = operation.method,
                                            .target = root_.path() + "/" + operation.target,
                                            .headers = headers,
                                            .body = operation.body}));
      const auto added = writer.part(
          {{"Content-Type", "application/http"}, {"Content-Transfer-Encoding", "binary"}}, inner);
      if (!added) last = added.error();
      fits = fits && added.has_value();
    }
    if (!fits) continue;  // the text holds our boundary: take another
    content_type = writer.content_type();
    return writer.finish();
  }
  return last;
}

Result<BatchAnswer> WebApi::batch(std::span<const Operation> operations, http::Effect effect,
                                  std::stop_token stop) const {
  FLIT_TRY(whole, url("$batch"));
  http::Request asked = request(http::Method::post, whole);
  std::string content_type;
  FLIT_TRY(body, batch_body(operations, content_type));
  asked.headers.add("Content-Type", content_type).add("Prefer", "odata.continue-on-error");
  asked.body = std::move(body);
  asked.effect = effect;
  FLIT_TRY(response, transport_.send(asked, std::move(stop)));
  const bool is_multipart = response.headers.media_type() == "multipart/mixed";
  if (!is_multipart)
    if (auto refusal = refusal_of(response, effect, where_of(asked), now()))
      return std::move(refusal->error);
  auto parts = parts_of(response);
  if (!parts) return unreadable(std::move(parts).error(), effect);
  const http::Timing timing = response.timing;
  return BatchAnswer{std::move(*parts),
                     timing.first_byte.count() > 0 ? timing.first_byte : timing.total};
}

Result<http::Url> WebApi::link(std::string_view text) const {
  FLIT_TRY(target, root_.resolve(text));
  if (target.same_origin(root_)) return target;
  return Error{.message = "a page links to another host, where the token must not go",
               .where = target.shown(),
               .remedy = "check the environment's URL in flitstack.yaml"};
}

Result<json::Document> json_of(const http::Response& response) {
  auto document = json::parse(response.body);
  if (document) return document;
  const std::string type = response.headers.media_type();
  if (!type.empty() && !type.ends_with("json"))
    return Error{.fault = Fault::setup,
                 .message = "the answer is " + type + " where JSON was expected",
                 .where = response.url.shown(),
                 .remedy = "Check destination.url: a proxy or a login page may have answered"};
  // Cut or garbled on the way: the same read may come whole.
  Error error = std::move(document).error();
  error.fault = Fault::transient;
  return std::move(error).during("reading an answer of the Web API");
}

Result<json::Value> rows_in(const json::Document& document, std::string_view where) {
  const json::Value rows = document.root()["value"];
  if (rows.is_array()) return rows;
  return Error{.fault = Fault::transient,
               .message = "the answer holds no rows",
               .where = std::string(where),
               .remedy = "Check destination.url: something else than the Web API seems to answer"};
}

}  // namespace flit::destinations::dataverse
