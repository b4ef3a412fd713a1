#include "http/request.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace flit::http {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> method_names{{
    {Method::get, "GET"},
    {Method::head, "HEAD"},
    {Method::post, "POST"},
    {Method::put, "PUT"},
    {Method::patch, "PATCH"},
    {Method::del, "DELETE"},
    {Method::options, "OPTIONS"},
}};

}  // namespace

std::string_view to_string(Method method) {
  for (const auto& [value, name] : method_names)
    if (value == method) return name;
  return "UNKNOWN";
}

std::optional<Method> method_of(std::string_view name) {
  for (const auto& [value, text] : method_names)
    if (text == name) return value;
  return std::nullopt;
}

Effect effect_of(const Request& request) {
  if (request.effect) return *request.effect;
  switch (request.method) {
    case Method::get:
    case Method::head:
    case Method::options:
      return Effect::read;
    case Method::post:
    case Method::put:
    case Method::patch:
    case Method::del:
      return Effect::write;
  }
  return Effect::write;
}

std::string shown(const Request& request) {
  return fmt::format("{} {}", to_string(request.method), request.url.shown());
}

}  // namespace flit::http
