#include "sim/base/request.hpp"

#include <utility>

namespace flit::sim {

Result<Request> Request::make(std::string method, std::string_view target, Headers headers,
                              std::string body) {
  FLIT_TRY(parsed, Target::parse(target));
  Request request;
  request.method = std::move(method);
  request.target = std::move(parsed);
  request.headers = std::move(headers);
  request.body = std::move(body);
  return request;
}

}  // namespace flit::sim
