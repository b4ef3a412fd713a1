#include "sim/salesforce/bulk/bulk_call.hpp"

#include "base/json_writer.hpp"

namespace flit::sim::salesforce::bulk {

Response json_answer(int status, std::string body) {
  return Response{.status = status,
                  .headers = {{"Content-Type", "application/json;charset=UTF-8"}},
                  .body = std::move(body)};
}

Response csv_answer(std::string body) {
  return Response{.headers = {{"Content-Type", "text/csv"}}, .body = std::move(body)};
}

Response json_error(int status, const Error& error) {
  json::Writer out;
  out.begin_array().begin_object();
  out.member("errorCode", error.code.empty() ? std::string("API_ERROR") : error.code);
  out.member("message", error.message);
  return json_answer(status, out.end_object().end_array().take());
}

Response not_found() {
  return json_error(404, {.message = "The requested resource does not exist", .code = "NOT_FOUND"});
}

Response method_not_allowed(std::string_view method) {
  return json_error(405, {.message = "HTTP Method '" + std::string(method) + "' not allowed",
                          .code = "METHOD_NOT_ALLOWED"});
}

}  // namespace flit::sim::salesforce::bulk
