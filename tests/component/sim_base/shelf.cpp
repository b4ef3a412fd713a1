#include "tests/component/sim_base/shelf.hpp"

#include <utility>

#include <fmt/format.h>

#include "sim/base/snapshot.hpp"

namespace flit::sim::test {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t requests_per_window = 100;
constexpr Duration usual_cost = 10ms;

Response problem(int status, std::string_view code) {
  return Response::json(status, fmt::format(R"({{"problem": "{}"}})", code));
}

}  // namespace

Shelf::Shelf(CommonOptions options, const Surroundings& surroundings)
    : options_(std::move(options)), surroundings_(surroundings) {}

Result<void> Shelf::load(const std::vector<std::string>& empty_boxes) {
  for (const std::string& name : empty_boxes) state_.boxes[name];
  initial_ = state_.boxes;
  if (!options_.snapshot || !file_exists(*options_.snapshot)) return {};
  FLIT_TRY(reader, SnapshotReader::open(*options_.snapshot, "shelf", 1));
  while (const auto line = reader.line()) {
    FLIT_TRY(box, json::parse(*line));
    state_.boxes[std::string(box.root()["name"].string_or(""))] = box.root()["text"].string_or("");
  }
  initial_ = state_.boxes;
  return {};
}

Response Shelf::handle(const Request& request) {
  const std::lock_guard lock(mutex_);
  if (auto refusal = refuse(request)) return std::move(*refusal);
  return act(request);
}

Response Shelf::throttled(Duration needed) {
  const auto hint = state_.hints.refuse("everybody", surroundings_.clock.tick(), needed);
  surroundings_.stats.count_throttled("requests");
  Response response = problem(429, "too_many_requests");
  response.headers.add("Retry-After", std::to_string(hint.count()));
  return response;
}

std::optional<Response> Shelf::refuse(const Request& request) {
  const Tick now = surroundings_.clock.tick();
  if (state_.hints.arrive("everybody", now)) surroundings_.stats.count_sent_inside_retry_after();
  const auto kind = request.injected ? std::optional(request.injected->kind) : std::nullopt;
  if (kind == FaultKind::unauthorized ||
      request.headers.value_or("Authorization", "") != "Bearer open-sesame")
    return problem(401, "unknown_token");
  if (kind == FaultKind::throttled) return throttled(request.injected->wait.value_or(1s));
  if (kind == FaultKind::unavailable) return problem(503, "closed");
  if (kind == FaultKind::lock) return problem(409, "locked");
  if (options_.limits == Limits::off) return std::nullopt;
  state_.requests.add(now, 1);
  const Duration wait = state_.requests.until_at_most(now, requests_per_window);
  if (wait > Duration::zero()) return throttled(wait);
  return std::nullopt;
}

Response Shelf::act(const Request& request) {
  const std::string name(request.target.segment(1));
  Response response = problem(404, "no_such_box");
  if (request.target.segment(0) != "boxes" || name.empty()) return response;
  const auto found = state_.boxes.find(name);
  if (request.method == "PUT") {
    state_.boxes[name] = request.body;
    surroundings_.stats.add_rows_written("boxes", 1);
    const Duration cost = options_.cost_per_row.value_or(usual_cost);
    surroundings_.stats.add_execution(cost);
    response = Response::plain(201, "stored");
    response.fate.delay = std::chrono::duration_cast<std::chrono::microseconds>(cost);
  } else if (found != state_.boxes.end() && request.method == "DELETE") {
    state_.boxes.erase(found);
    response = Response::plain(200, "gone");
  } else if (found != state_.boxes.end()) {
    response = Response::plain(200, found->second);
  }
  response.endpoint = "/boxes/{name}";
  return response;
}

DigestReport Shelf::digest() const {
  const std::lock_guard lock(mutex_);
  DigestReport report;
  TableDigest& table = report.tables["boxes"];
  RowHasher hasher;
  for (const auto& [name, text] : state_.boxes)
    table.add(hasher.cell("name", name).cell("text", text).finish());
  return report;
}

Result<std::string> Shelf::edit(json::Value edits) {
  const auto id = edits["id"].as_string();
  if (edits["op"].string_or("") != "update" || !id)
    return Error{.fault = Fault::permanent, .message = "a shelf knows only updates of an id"};
  const std::lock_guard lock(mutex_);
  state_.boxes[std::string(*id)] = edits["values"]["text"].string_or("");
  return std::string("{}");
}

void Shelf::reset() {
  const std::lock_guard lock(mutex_);
  state_ = State{};
  state_.boxes = initial_;
}

std::optional<Response> Shelf::control(const Request& request) {
  if (request.target.segment(1) != "truth") return std::nullopt;
  return Response::json(200, R"({"truth": "boxes"})");
}

Result<void> Shelf::save() {
  if (!options_.snapshot) return {};
  FLIT_TRY(writer, SnapshotWriter::create(*options_.snapshot, "shelf", 1));
  const std::lock_guard lock(mutex_);
  for (const auto& [name, text] : state_.boxes) {
    json::Writer line;
    line.begin_object().member("name", name).member("text", text).end_object();
    writer.line(line.view());
  }
  return writer.commit();
}

KindInfo ShelfKind::info() const {
  return {.name = "shelf",
          .summary = "boxes with names",
          .description = "A shelf with named boxes that hold text.",
          .examples = {"flitsim shelf --box screws --port 8080"}};
}

void ShelfKind::declare(OptionSet& options) {
  options.add({"--box", "NAME", "An empty box to start with; may be repeated."}, boxes_);
  options.add({"--only-check", "", "Reads the options and ends."}, only_check_);
}

Result<std::unique_ptr<Simulator>> ShelfKind::start(const CommonOptions& options,
                                                    const Surroundings& surroundings) {
  if (only_check_) return std::unique_ptr<Simulator>();
  auto shelf = std::make_unique<Shelf>(options, surroundings);
  FLIT_TRY_VOID(shelf->load(boxes_));
  return std::unique_ptr<Simulator>(std::move(shelf));
}

}  // namespace flit::sim::test
