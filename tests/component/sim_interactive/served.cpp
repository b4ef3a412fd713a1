#include "served.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace flit::sim::interactive::test {

Served::Served(ServedSettings settings) {
  if (!settings.make)
    settings.make = [generate = settings.generate]() -> Result<std::unique_ptr<Dataset>> {
      return interactive::generate(generate);
    };
  auto made = InteractiveSimulator::create(settings.options, surroundings_, settings.make);
  if (!made) throw std::runtime_error(made.error().text());
  simulator_ = std::move(*made);
  clock_.restart(simulator_->own_clock());
  frame_ = std::make_unique<Frame>(*simulator_, surroundings_, FrameSettings{});
  server_ = Server::start(*frame_, manual_).value();
  token_ = simulator_->access().access_token;
}

Answer Served::raw(std::string_view method, std::string_view target, std::string_view body,
                   std::string_view header_lines) const {
  auto response = flit::test::http(port(), method, target, body, header_lines);
  Answer answer;
  if (!response) return answer;
  answer.status = response->status;
  answer.headers = std::move(response->headers);
  answer.body = std::move(response->body);
  if (auto document = json::parse(answer.body)) answer.document = std::move(*document);
  return answer;
}

Answer Served::get_as(std::string_view token, std::string_view path) const {
  return raw("GET", "/api/v1" + std::string(path), {},
             "Authorization: Bearer " + std::string(token) + "\r\n");
}

Answer Served::get(std::string_view path, std::string_view header_lines) const {
  return raw("GET", "/api/v1" + std::string(path), {},
             "Authorization: Bearer " + token_ + "\r\n" + std::string(header_lines));
}

Answer Served::post(std::string_view path, std::string_view body) const {
  return raw("POST", "/api/v1" + std::string(path), body,
             "Authorization: Bearer " + token_ + "\r\n");
}

Answer Served::control(std::string_view call, std::string_view body) const {
  return raw(body.empty() ? "GET" : "POST", "/__sim/" + std::string(call), body);
}

std::vector<std::string> Served::all(std::string path, std::size_t limit) const {
  std::vector<std::string> records;
  path += (path.find('?') == std::string::npos ? "?limit=" : "&limit=") + std::to_string(limit);
  for (std::string next = path; !next.empty();) {
    const Answer page = get(next);
    if (page.status != 200) {
      ADD_FAILURE() << next << " answers " << page.status << " " << page.body;
      return records;
    }
    for (const json::Value record : page["results"].elements()) records.push_back(record.dump());
    const std::string after = page.text("paging.next.after");
    next = after.empty() ? "" : path + "&after=" + percent::encode(after);
  }
  return records;
}

std::vector<std::string> Served::ids(const std::string& path, std::size_t limit) const {
  std::vector<std::string> ids;
  for (const std::string& record : all(path, limit))
    ids.emplace_back(json::parse(record)->root()["id"].string_or(""));
  return ids;
}

}  // namespace flit::sim::interactive::test
