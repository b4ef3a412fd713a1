#pragma once
/// @file A simulated Interactive on a port of its own, and a client that reads JSON from it.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_reader.hpp"
#include "sim/base/frame.hpp"
#include "sim/base/server.hpp"
#include "sim/interactive/api/simulator.hpp"
#include "sim/interactive/generate/settings.hpp"
#include "tests/support/raw_http.hpp"

namespace flit::sim::interactive::test {

/// One answer: status, headers, body as JSON (null when it is none).
struct Answer {
  int status = 0;
  std::map<std::string, std::string> headers{};
  std::string body{};
  json::Document document{};

  json::Value root() const { return document.root(); }
  json::Value operator[](std::string_view path) const { return root().at_path(path); }
  std::string text(std::string_view path) const {
    return std::string(root().at_path(path).string_or(""));
  }
  std::string error_code() const { return text("error.code"); }
};

struct ServedSettings {
  InteractiveOptions options{};
  GenerateSettings generate{.contacts = 200, .seed = 7};
  MakeDataset make{};  ///< in place of the generator
};

class Served {
 public:
  explicit Served(ServedSettings settings = {});

  std::uint16_t port() const { return server_->port(); }
  const std::string& token() const { return token_; }

  /// GET below /api/v1 with the all-powerful token and further header lines.
  Answer get(std::string_view path, std::string_view header_lines = {}) const;
  Answer get_as(std::string_view token, std::string_view path) const;
  Answer post(std::string_view path, std::string_view body) const;
  Answer raw(std::string_view method, std::string_view target, std::string_view body = {},
             std::string_view header_lines = {}) const;
  Answer control(std::string_view call, std::string_view body = {}) const;  ///< body: POST
  Answer edit(std::string_view json) const { return control("edit", json); }

  /// Every record of a list, page by page, each as its JSON text.
  std::vector<std::string> all(std::string path, std::size_t limit = 100) const;
  /// The ids of those.
  std::vector<std::string> ids(const std::string& path, std::size_t limit = 100) const;

  ManualClock& beneath() { return manual_; }
  SimClock& clock() { return clock_; }

 private:
  ManualClock manual_{};
  SimClock clock_{manual_};
  Stats stats_{};
  Surroundings surroundings_{clock_, stats_};
  std::unique_ptr<InteractiveSimulator> simulator_;
  std::unique_ptr<Frame> frame_;
  std::unique_ptr<Server> server_;
  std::string token_;
};

}  // namespace flit::sim::interactive::test
