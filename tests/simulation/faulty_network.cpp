#include "faulty_network.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/json_reader.hpp"
#include "http/fault.hpp"
#include "tests/support/sim_transport.hpp"

namespace flit::test {
namespace {

using namespace std::chrono_literals;
using http::Failure;
using http::Phase;

constexpr std::size_t lines_kept = 2000;

/// Hands each request on as marked by the network.
class Marking final : public sim::Service {
 public:
  Marking(sim::Service& inner, std::optional<sim::InjectedFault> fault)
      : inner_(inner), fault_(fault) {}
  sim::Response handle(const sim::Request& request) override {
    if (!fault_) return inner_.handle(request);
    sim::Request marked = request;
    marked.injected = fault_;
    return inner_.handle(marked);
  }

 private:
  sim::Service& inner_;
  std::optional<sim::InjectedFault> fault_;
};

/// What the platform itself has to phrase.
std::optional<sim::InjectedFault> phrased(std::optional<Trouble> trouble, Random& random) {
  using sim::FaultKind;
  if (trouble == Trouble::throttled)
    return sim::InjectedFault{.kind = FaultKind::throttled,
                              .wait = std::chrono::seconds(random.between(1, 30))};
  if (trouble == Trouble::unavailable)
    return sim::InjectedFault{.kind = random.one_in(3) ? FaultKind::lock : FaultKind::unavailable};
  if (trouble == Trouble::unauthorized) return sim::InjectedFault{FaultKind::unauthorized};
  return std::nullopt;
}

/// A row that is written under this id gets a column that is not there: the platform refuses it,
/// alone or with all that come in the same bulk request.
http::Request poisoned(const http::Request& request, const Poison& poison) {
  http::Request changed = request;
  const std::string own_id = "id\":\"" + poison.row_id + "\"";
  for (std::size_t at = changed.body.find(own_id); at != std::string::npos;
       at = changed.body.find(own_id, at + 1))
    changed.body[at + 1] = 'x';
  return changed;
}

std::string_view kind_of_body(const http::Response& response) {
  return response.body.starts_with("{") ? "object" : "other";
}

void garble(http::Response& response, Random& random) {
  switch (random.below(3)) {
    case 0:
      response.body = "<html><body>It works!</body></html>";
      return;
    case 1:
      response.body = kind_of_body(response) == "object" ? R"({"unexpected":)" : "";
      return;
    default:
      response.body.resize(response.body.size() / 2);
  }
}

}  // namespace

void Story::tell(std::string line) {
  for (const char c : line) digest_ = (digest_ ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  lines_.push_back(std::move(line));
  if (lines_.size() > lines_kept) lines_.pop_front();
}

std::string Story::text() const {
  std::string text;
  for (const std::string& line : lines_) text += "  " + line + "\n";
  return text;
}

FaultyNetwork::FaultyNetwork(Parts parts, std::uint64_t seed)
    : parts_(parts), random_(seed, "network") {
  const std::uint32_t within = parts_.plan.crash_at_request;
  if (within > 0 && random_.one_in(2)) crash_at_ = 1 + random_.below(within);
  Random stops(seed, "ctrl-C");
  const std::uint32_t stop_within = parts_.plan.stop_at_request;
  if (stop_within > 0 && stops.one_in(2)) stop_at_ = 1 + stops.below(stop_within);
}

FaultyNetwork::Fate FaultyNetwork::draw(bool to_source) {
  Fate fate{.travel = std::chrono::milliseconds(random_.between(1, 40))};
  if (in_storm(fate, to_source)) return fate;
  std::uint64_t dice = random_.below(1000);
  for (std::size_t i = 0; i < troubles && !fate.trouble; ++i) {
    const std::uint32_t rate = parts_.plan.per_mille[i];
    if (dice < rate)
      fate.trouble = static_cast<Trouble>(i);
    else
      dice = random_.below(1000);
  }
  if (parts_.plan.tokens_end && random_.one_in(60)) {
    parts_.world.destination_clock().advance(std::chrono::minutes(random_.between(30, 90)));
    parts_.story.tell("the destination's clock runs ahead");
  }
  return fate;
}

bool FaultyNetwork::in_storm(Fate& fate, bool to_source) {
  const Tick now = parts_.executor.clock().tick();
  if (random_.below(1000) < parts_.plan.storm_per_mille)
    storm_until_ = now + std::chrono::seconds(random_.between(5, 120));
  if (random_.below(1000) < parts_.plan.outage_per_mille) {
    outage_until_ = now + std::chrono::seconds(random_.between(5, 900));
    source_is_out_ = random_.one_in(2);
  }
  if (now < outage_until_ && to_source == source_is_out_) {
    fate.trouble = random_.one_in(2) ? Trouble::unavailable : Trouble::unreachable;
    return true;
  }
  if (now < storm_until_) fate.trouble = Trouble::throttled;
  return now < storm_until_;
}

Result<http::Response> FaultyNetwork::send(const http::Request& request, std::stop_token stop) {
  const bool to_source = request.url.host() == "source.example";
  const Fate fate = draw(to_source);
  const bool crashes = ++requests_ == crash_at_ || parts_.world.disk().is_dead();
  const bool before = crashes && random_.one_in(2);
  if (requests_ == stop_at_) {
    parts_.story.tell("ctrl-C");
    parts_.ctrl_c.request_stop();
  }
  if (!parts_.executor.clock().sleep_for(fate.travel, stop))
    return http::error_of(Failure::cancelled, Phase::unsent, request);
  if (before || parts_.world.disk().is_dead()) parts_.executor.crash();
  if (fate.trouble) {
    ++struck_;
    ++struck_by_[static_cast<std::size_t>(*fate.trouble)];
  }
  let_people_work();
  note_rows(request);
  if (const auto bearer = request.headers.find("Authorization"))
    bearers_.insert(std::string(bearer->substr(bearer->find(' ') + 1)));
  Result<http::Response> answer = deliver(request, fate, to_source);
  tell(request, fate, answer);
  if (crashes) parts_.executor.crash();
  if (!parts_.executor.clock().sleep_for(fate.travel, stop))
    return http::error_of(Failure::cancelled, Phase::sent, request);
  return answer;
}

Result<http::Response> FaultyNetwork::deliver(const http::Request& request, const Fate& fate,
                                              bool to_source) {
  const auto failed = [&](Failure failure, Phase phase) {
    return http::error_of(failure, phase, request);
  };
  if (fate.trouble == Trouble::unreachable) return failed(Failure::connect, Phase::unsent);
  if (fate.trouble == Trouble::reset_before) return failed(Failure::disconnected, Phase::sent);
  if (fate.trouble == Trouble::slow) {
    // What the server does it does at once; only its answer is late.
    const auto late = std::chrono::milliseconds(random_.between(100, 200'000));
    Result<http::Response> answer = exchange(request, fate.trouble, to_source);
    const auto patience = request.deadlines.first_byte;
    const bool waited = parts_.executor.clock().sleep_for(std::min(late, patience), {});
    static_cast<void>(waited);
    return late < patience ? std::move(answer) : failed(Failure::timeout_first_byte, Phase::sent);
  }
  if (fate.trouble == Trouble::duplicated) {
    const Result<http::Response> first = exchange(request, fate.trouble, to_source);
    static_cast<void>(first);
  }
  Result<http::Response> answer = exchange(request, fate.trouble, to_source);
  if (fate.trouble == Trouble::reset_after) return failed(Failure::disconnected, Phase::sent);
  if (fate.trouble == Trouble::truncated) return failed(Failure::truncated, Phase::answering);
  if (fate.trouble == Trouble::malformed && answer && answer->is_success())
    garble(*answer, random_);
  if (answer) answer->body.reserve(answer->body.size() + http::body_padding);
  return answer;
}

Result<http::Response> FaultyNetwork::exchange(const http::Request& request,
                                               std::optional<Trouble> trouble, bool to_source) {
  sim::Service& platform = to_source ? static_cast<sim::Service&>(parts_.world.source())
                                     : parts_.world.destination_service();
  Marking marking(platform, phrased(trouble, random_));
  SimTransport transport(marking, parts_.world.clock());
  const bool is_poisoned = !to_source && !parts_.poison.row_id.empty() &&
                           request.body.find(parts_.poison.row_id) != std::string::npos;
  Result<http::Response> answer =
      transport.send(is_poisoned ? poisoned(request, parts_.poison) : request, {});
  if (answer && to_source && trouble == Trouble::shuffled && answer->is_success())
    shuffle(*answer, request.url.path());
  return answer;
}

void FaultyNetwork::let_people_work() {
  constexpr std::uint64_t requests_between_deeds = 30;
  if (parts_.people == nullptr) return;
  if (std::string deed = parts_.people->perhaps(requests_between_deeds); !deed.empty())
    parts_.story.tell(std::move(deed));
}

/// A row's own id stands right behind its type in a bulk request.
void FaultyNetwork::note_rows(const http::Request& request) {
  if (!request.url.path().ends_with("CreateMultiple")) return;
  constexpr std::size_t id_length = 36;
  constexpr std::string_view type = "\"@odata.type\":";
  for (std::size_t at = request.body.find(type); at != std::string::npos;
       at = request.body.find(type, at + 1)) {
    const std::size_t id = request.body.find("id\":\"", at + type.size());
    if (id != std::string::npos) rows_.push_back(request.body.substr(id + 5, id_length));
  }
}

/// The records of a page in another order, and the first one twice: as a list may look that is
/// written to while it is read.
void FaultyNetwork::shuffle(http::Response& response, const std::string& path) {
  const auto document = json::parse(response.body);
  if (!document || !document->root()["results"].is_array()) return;
  std::vector<std::string> records;
  for (const json::Value record : document->root()["results"].elements())
    records.push_back(record.dump());
  if (records.empty()) return;
  random_.shuffle(std::span<std::string>(records));
  if (page_before_.first == path) records.push_back(page_before_.second);
  page_before_ = {path, records.front()};
  std::string body = R"({"results":[)";
  for (std::size_t i = 0; i < records.size(); ++i) body += (i > 0 ? "," : "") + records[i];
  body += "]";
  for (const json::Member other : document->root().members())
    if (other.key != "results") body += fmt::format(",\"{}\":{}", other.key, other.value.dump());
  response.body = body + "}";
}

void FaultyNetwork::tell(const http::Request& request, const Fate& fate,
                         const Result<http::Response>& answer) {
  using Seconds = std::chrono::duration<double>;
  const double at = Seconds(parts_.executor.clock().tick().time_since_epoch()).count();
  std::string line =
      fmt::format("+{:.3f} {} {}", at, http::to_string(request.method), request.url.target());
  if (line.size() > 160) line.resize(160);
  line += answer ? fmt::format(" → {}", answer->status)
                 : fmt::format(" → {}", to_string(answer.error().fault));
  if (fate.trouble) line += fmt::format(" ({})", to_string(*fate.trouble));
  parts_.story.tell(std::move(line));
}

}  // namespace flit::test
