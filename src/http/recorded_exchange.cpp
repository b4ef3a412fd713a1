#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include <fmt/format.h>

#include "base/encoding.hpp"
#include "base/json_reader.hpp"
#include "base/json_writer.hpp"
#include "base/utf8.hpp"
#include "http/recording.hpp"

namespace flit::http {
namespace {

constexpr std::array<Fault, 6> faults{Fault::setup,     Fault::permanent, Fault::limit,
                                      Fault::transient, Fault::ambiguous, Fault::cancelled};

void write_headers(json::Writer& out, const Headers& headers) {
  out.key("headers").begin_array();
  for (const Header& field : headers)
    out.begin_array().string(field.name).string(field.value).end_array();
  out.end_array();
}

void write_body(json::Writer& out, const RecordedBody& body) {
  if (!body.text) {
    out.member("body_bytes", body.size);
  } else if (utf8::is_valid(*body.text)) {
    out.member("body", *body.text);
  } else {
    out.member("body_base64", base64::encode(*body.text));
  }
}

void write_error(json::Writer& out, const Error& error) {
  out.key("error").begin_object();
  out.member("fault", to_string(error.fault)).member("message", error.message);
  out.member("where", error.where).member("remedy", error.remedy).member("code", error.code);
  if (error.retry_after) out.member("retry_after_ms", error.retry_after->count());
  out.end_object();
}

Headers read_headers(json::Value object) {
  Headers headers;
  for (const json::Value field : object["headers"].elements()) {
    auto name_and_value = field.elements().begin();
    if (field.size() != 2) continue;
    const json::Value name = *name_and_value;
    headers.add(name.string_or(""), (*++name_and_value).string_or(""));
  }
  return headers;
}

Result<RecordedBody> read_body(json::Value object) {
  RecordedBody body;
  if (const auto text = object["body"].as_string()) {
    body.text.emplace(*text);
    body.size = text->size();
  } else if (const auto encoded = object["body_base64"].as_string()) {
    FLIT_TRY(bytes, base64::decode(*encoded));
    body.size = bytes.size();
    body.text.emplace(std::move(bytes));
  } else {
    const std::int64_t size = object["body_bytes"].as_integer().value_or(0);
    body.size = static_cast<std::uint64_t>(std::max<std::int64_t>(size, 0));
  }
  return body;
}

Error read_error(json::Value object) {
  Error error;
  for (const Fault fault : faults)
    if (object["fault"].string_or("") == to_string(fault)) error.fault = fault;
  error.message = object["message"].string_or("");
  error.where = object["where"].string_or("");
  error.remedy = object["remedy"].string_or("");
  error.code = object["code"].string_or("");
  if (const auto wait = object["retry_after_ms"].as_integer())
    error.retry_after = std::chrono::milliseconds(*wait);
  return error;
}

Error bad_line(std::string_view what) {
  return {.fault = Fault::setup, .message = fmt::format("not a recorded exchange: {}", what)};
}

}  // namespace

std::string to_line(const RecordedExchange& exchange) {
  json::Writer out;
  out.begin_object().key("request").begin_object();
  out.member("method", to_string(exchange.method)).member("url", exchange.url);
  write_headers(out, exchange.headers);
  write_body(out, exchange.body);
  out.end_object();
  if (exchange.result) {
    out.key("response").begin_object().member("status", exchange.result->status);
    write_headers(out, exchange.result->headers);
    write_body(out, exchange.answer);
    out.end_object();
  } else {
    write_error(out, exchange.result.error());
  }
  return out.end_object().take();
}

Result<RecordedExchange> from_line(std::string_view line) {
  FLIT_TRY(document, json::parse(line));
  const json::Value request = document.root()["request"];
  const json::Value response = document.root()["response"];
  const json::Value error = document.root()["error"];
  const auto method = method_of(request["method"].string_or(""));
  if (!method) return bad_line("no request with a known method");
  if (response.exists() == error.exists()) return bad_line("neither a response nor an error");
  RecordedExchange exchange{.method = *method, .url = std::string(request["url"].string_or(""))};
  exchange.headers = read_headers(request);
  FLIT_TRY(body, read_body(request));
  exchange.body = std::move(body);
  if (error.exists()) {
    exchange.result = read_error(error);
    return exchange;
  }
  const auto status = response["status"].as_integer();
  if (!status || *status < 100 || *status > 599) return bad_line("no status from 100 to 599");
  exchange.result->status = static_cast<int>(*status);
  exchange.result->headers = read_headers(response);
  FLIT_TRY(answer, read_body(response));
  exchange.answer = std::move(answer);
  return exchange;
}

Result<std::vector<RecordedExchange>> read_recording(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{.fault = Fault::setup, .message = "cannot be read", .where = path.string()};
  std::vector<RecordedExchange> exchanges;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty()) continue;
    auto exchange = from_line(line);
    if (!exchange) {
      Error error = std::move(exchange).error();
      error.fault = Fault::setup;
      error.where = fmt::format("{}:{}", path.string(), number);
      return error;
    }
    exchanges.push_back(std::move(*exchange));
  }
  return exchanges;
}

}  // namespace flit::http
