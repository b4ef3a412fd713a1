#include "sim/base/response.hpp"

#include <utility>

namespace flit::sim {

Response Response::json(int status, std::string text) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json; charset=utf-8");
  response.body = std::move(text);
  return response;
}

Response Response::plain(int status, std::string_view text) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.body = std::string(text) + "\n";
  return response;
}

}  // namespace flit::sim
