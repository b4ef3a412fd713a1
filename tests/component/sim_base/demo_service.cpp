#include "tests/component/sim_base/demo_service.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace flit::sim::test {

namespace {

std::string echo(const Request& request) {
  return fmt::format("{} {} body={}", request.method, request.target.raw, request.body.size());
}

Response streamed(bool fails) {
  Response response;
  response.stream = [left = std::size_t{200'000},
                     fails](std::span<char> room) mutable -> std::optional<std::size_t> {
    if (fails && left < 150'000) return std::nullopt;
    const std::size_t size = std::min(room.size(), left);
    std::fill_n(room.begin(), size, 's');
    left -= size;
    return size;
  };
  return response;
}

Response with_fate(Fate fate) {
  Response response = Response::plain(200, std::string(1000, 'x'));
  response.fate = fate;
  return response;
}

}  // namespace

Response DemoService::handle(const Request& request) {
  const std::string_view what = request.target.segment(0);
  const std::string number(request.target.segment(1));
  if (what == "delay") return with_fate({.delay = std::chrono::seconds(1)});
  if (what == "truncate")
    return with_fate({.ending = Fate::Ending::truncate, .truncate_at = std::stoul(number)});
  if (what == "reset") return with_fate({.ending = Fate::Ending::reset_after});
  if (what == "stream") return streamed(number == "fail");
  if (what == "large") return Response::json(200, '"' + std::string(8'000, 'x') + '"');
  if (what == "throw") throw std::runtime_error("as asked");
  if (what == "status") return Response::plain(std::stoi(number), "as asked");
  Response response = Response::plain(200, echo(request));
  if (what == "header") response.headers.add("X-Bad", "a\r\nX-Smuggled: b");
  return response;
}

}  // namespace flit::sim::test
