#include "sim/base/request_log.hpp"

#include <algorithm>
#include <array>

namespace flit::sim {

namespace {

constexpr std::size_t target_bytes = 2000;
constexpr std::size_t error_bytes = 1000;

bool is_credential(std::string_view name) {
  constexpr std::array<std::string_view, 4> credentials{"Authorization", "Cookie",
                                                        "Proxy-Authorization", "X-Api-Key"};
  return std::any_of(credentials.begin(), credentials.end(),
                     [&](std::string_view one) { return same_name(one, name); });
}

LoggedRequest entry_for(const Request& request, const Response& response) {
  LoggedRequest entry;
  entry.method = request.method;
  entry.target = request.target.raw.substr(0, target_bytes);
  for (const Header& field : request.headers)
    if (!is_credential(field.name)) entry.headers.push_back(field);
  entry.request_bytes = request.body.size();
  const bool reset = response.fate.ending == Fate::Ending::reset_before ||
                     response.fate.ending == Fate::Ending::reset_after;
  entry.status = reset ? 0 : response.status;
  entry.response_bytes = response.body.size();
  entry.delay = response.fate.delay;
  if (response.status >= 400) entry.error = response.body.substr(0, error_bytes);
  return entry;
}

}  // namespace

void RequestLog::add(Instant at, const Request& request, const Response& response,
                     const std::optional<InjectedFault>& fault) {
  LoggedRequest entry = entry_for(request, response);
  entry.at = at;
  if (fault) entry.fault = to_string(fault->kind);
  state_.with([&](State& state) {
    entry.number = ++state.count;
    if (state.kept.size() == capacity) state.kept.pop_front();
    state.kept.push_back(std::move(entry));
  });
}

std::vector<LoggedRequest> RequestLog::last(std::size_t count) const {
  return state_.with([&](const State& state) {
    const std::size_t size = std::min(count, state.kept.size());
    return std::vector<LoggedRequest>(state.kept.end() - static_cast<std::ptrdiff_t>(size),
                                      state.kept.end());
  });
}

void RequestLog::clear() {
  state_.with([](State& state) { state.kept.clear(); });
}

}  // namespace flit::sim
