#include "sim/salesforce/query/cursors.hpp"

#include <charconv>

namespace flit::sim::salesforce {
namespace {

constexpr std::int64_t lifetime_ms = 2LL * 24 * 60 * 60 * 1000;

}  // namespace

std::string Cursors::open(std::shared_ptr<const Cursor> cursor, std::int64_t now_ms) {
  return state_.with([&](State& state) {
    std::erase_if(state.open,
                  [&](const auto& each) { return each.second->opened_ms + lifetime_ms <= now_ms; });
    std::string id = RecordId(RecordId::prefix_of("01g"), ++state.given).text();
    state.open.emplace(id, std::move(cursor));
    return id;
  });
}

std::shared_ptr<const Cursor> Cursors::find(std::string_view locator, std::size_t& offset,
                                            std::int64_t now_ms) {
  const std::size_t dash = locator.find('-');
  if (dash == std::string_view::npos) return nullptr;
  const std::string_view number = locator.substr(dash + 1);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), offset);
  if (error != std::errc() || end != number.data() + number.size()) return nullptr;
  return state_.with([&](const State& state) -> std::shared_ptr<const Cursor> {
    const auto found = state.open.find(locator.substr(0, dash));
    if (found == state.open.end() || found->second->opened_ms + lifetime_ms <= now_ms)
      return nullptr;
    return found->second;
  });
}

void Cursors::clear() {
  state_.with([](State& state) { state.open.clear(); });
}

}  // namespace flit::sim::salesforce
