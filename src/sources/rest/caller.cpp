#include "sources/rest/caller.hpp"

#include <utility>

#include "base/encoding.hpp"

namespace flit::sources::rest {
namespace {

std::string prefix_of(const Auth& auth) {
  return auth.prefix.empty() && auth.kind == Auth::Kind::bearer ? "Bearer " : auth.prefix;
}

/// A success whose body cannot be read: cut on its way, or not the API's.
Error unreadable(const http::Request& request, const http::Response& response) {
  const std::string type = response.headers.media_type();
  if (type.ends_with("json") || type.empty())
    return {.fault = Fault::transient,
            .message = "the answer is no whole JSON text",
            .where = http::shown(request)};
  return {.fault = Fault::setup,
          .message = "the answer is " + type + " where JSON was expected",
          .where = http::shown(request),
          .remedy = "Check source.base_url: a proxy or a login page may have answered."};
}

}  // namespace

Caller::Caller(http::Transport& transport, const Clock& clock, const RestSpec& spec, http::Url base,
               Secret credential)
    : transport_(transport),
      clock_(clock),
      spec_(spec),
      base_(std::move(base)),
      credential_(std::move(credential)) {}

http::Request Caller::request(std::string_view path, const Query& query) const {
  http::Request request{.method = http::Method::get, .url = base_};
  const std::size_t mark = path.find('?');
  request.url.append_path(path.substr(0, mark));
  if (mark != std::string_view::npos)
    for (const form::Field& field : form::parse(path.substr(mark + 1)).value_or(form::Fields()))
      request.url.add_query(field.name, field.value);
  for (const auto& [name, value] : query) request.url.add_query(name, value.text);
  for (const auto& [name, value] : spec_.headers) request.headers.set(name, value);
  if (spec_.auth.kind == Auth::Kind::query)
    request.url.add_query(spec_.auth.name, prefix_of(spec_.auth) + credential_.reveal());
  else
    request.headers.set(spec_.auth.name, prefix_of(spec_.auth) + credential_.reveal());
  return request;
}

Result<Heard> Caller::hear(const http::Request& request, std::stop_token stop) {
  FLIT_TRY(response, transport_.send(request, stop));
  Heard heard{.response = std::move(response)};
  if (request.sink && heard.response.is_success()) return heard;
  const bool may_be_json = heard.response.status < 500 &&
                           heard.response.headers.media_type().find("html") == std::string::npos;
  if (may_be_json)
    if (auto document = json::parse(heard.response.body)) heard.document = std::move(*document);
  return heard;
}

std::optional<Error> Caller::refusal(const http::Request& request, const Heard& heard) const {
  return refusal_of(spec_, request, heard, clock_.now());
}

Result<Heard> Caller::ask(std::string_view path, const Query& query, std::stop_token stop) {
  const http::Request asked = request(path, query);
  FLIT_TRY(heard, hear(asked, stop));
  if (auto error = refusal(asked, heard)) return std::move(*error);
  if (!heard.document) return unreadable(asked, heard.response);
  return heard;
}

Result<json::Document> Caller::ask_once(std::string_view path, const Query& query,
                                        std::stop_token stop) {
  const std::string key = request(path, query).url.target();
  const auto known = remembered_.with([&](const auto& all) -> std::optional<std::string> {
    const auto found = all.find(key);
    if (found == all.end()) return {};
    return found->second;
  });
  if (known) return json::parse(*known);
  FLIT_TRY(heard, ask(path, query, stop));
  remembered_.with([&](auto& all) { all[key] = heard.response.body; });
  return std::move(*heard.document);
}

void Caller::forget() {
  remembered_.with([](auto& all) { all.clear(); });
}

}  // namespace flit::sources::rest
