#include "sim/interactive/api/api_error.hpp"

#include "base/json_writer.hpp"

namespace flit::sim::interactive {

namespace {

void write_list(json::Writer& out, std::string_view key, const std::vector<std::string>& list) {
  out.key(key).begin_array();
  for (const std::string& one : list) out.string(one);
  out.end_array();
}

}  // namespace

tl::unexpected<ApiError> refuse(int status, std::string code, std::string message) {
  return tl::make_unexpected(
      ApiError{.status = status, .code = std::move(code), .message = std::move(message)});
}

tl::unexpected<ApiError> bad_parameter(std::string_view field, std::string_view issue,
                                       std::string_view value) {
  return tl::make_unexpected(
      ApiError{.status = 400,
               .code = "invalid_parameter",
               .message = "The parameter " + std::string(field) + " is not valid.",
               .details = {{std::string(field), std::string(issue), std::string(value)}}});
}

ApiError not_found() {
  return {.status = 404, .code = "not_found", .message = "There is no such record."};
}

ApiError endpoint_not_available() {
  return {.status = 404,
          .code = "endpoint_not_available",
          .message = "This endpoint is not part of this installation."};
}

Response to_response(const ApiError& error, std::string_view request_id) {
  json::Writer out;
  out.begin_object().key("error").begin_object();
  out.member("code", error.code).member("message", error.message);
  out.key("details").begin_array();
  for (const ErrorDetail& detail : error.details) {
    out.begin_object().member("field", detail.field).member("issue", detail.issue);
    out.member("value", detail.value).end_object();
  }
  out.end_array();
  if (!error.required_scopes.empty()) {
    write_list(out, "required_scopes", error.required_scopes);
    write_list(out, "granted_scopes", error.granted_scopes);
  }
  if (!error.module.empty()) out.member("module", error.module);
  out.member("request_id", request_id).end_object().end_object();
  Response response = Response::json(error.status, out.take());
  if (error.code == "missing_token") response.headers.add("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace flit::sim::interactive
