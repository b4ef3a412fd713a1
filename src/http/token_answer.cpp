#include "http/token_answer.hpp"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "http/fault.hpp"

namespace flit::http {
namespace {

constexpr std::chrono::seconds longest_life = std::chrono::hours(24 * 366);

/// "3599" and 3599 both occur; what is neither is as good as nothing.
std::optional<std::chrono::seconds> life_of(json::Value value) {
  const std::string_view text = value.as_number().value_or(value.string_or(""));
  std::int64_t seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.starts_with('-')) return std::nullopt;
  if (problem == std::errc::result_out_of_range) return longest_life;
  if (problem != std::errc() || end == text.data()) return std::nullopt;
  return std::min(std::chrono::seconds(seconds), longest_life);
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

/// 400 and 401 with an "error" are the endpoint's way to say that it does not know us.
Error refusal(const Request& request, const Response& response, Instant now) {
  Error error = *refusal_of(request, response, now);
  const auto document = json::parse(response.body);
  const std::string_view code = document ? document->root()["error"].string_or("") : "";
  if (code.empty()) return error;
  const std::string_view description = document->root()["error_description"].string_or("");
  error.code = code;
  error.message = fmt::format("the token was refused: {}",
                              first_line(description.empty() ? code : description));
  if (response.status == 400 || response.status == 401 || response.status == 403) {
    error.fault = Fault::setup;
    error.remedy = "Check the client id, its secret, the tenant and the scope";
  }
  return error;
}

}  // namespace

Result<TokenAnswer> read_token_answer(const Request& request, const Response& response,
                                      Instant now) {
  if (!response.is_success()) return refusal(request, response, now);
  const auto document = json::parse(response.body);
  const std::string_view token = document ? document->root()["access_token"].string_or("") : "";
  if (token.empty() || token.find_first_of("\r\n ") != std::string_view::npos)
    return Error{.fault = Fault::setup,
                 .message = "the answer holds no access_token",
                 .where = shown(request),
                 .remedy = "Check the token URL: something else seems to answer there"};
  const json::Value root = document->root();
  return TokenAnswer{.access_token = Secret(std::string(token)),
                     .expires_in = life_of(root["expires_in"]),
                     .instance_url = std::string(root["instance_url"].string_or(""))};
}

}  // namespace flit::http
