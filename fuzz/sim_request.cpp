// What clients send before a platform sees it: targets, compressed bodies, fault lists, durations.
// Each is read within its bounds or refused with a sentence.

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/promise.hpp"
#include "sim/base/duration_text.hpp"
#include "sim/base/faults.hpp"
#include "sim/base/gzip.hpp"
#include "sim/base/target.hpp"

namespace {

using namespace flit::sim;  // NOLINT(google-build-using-namespace)
using flit::fuzz::promise;

void read_target(std::string_view text) {
  const auto target = Target::parse(text);
  if (!target) {
    promise(!target.error().message.empty(), "a refused target says why");
    return;
  }
  promise(target->raw == text, "the raw target is what was sent");
  for (const std::string& segment : target->segments)
    promise(!segment.empty(), "empty segments are left out");
}

void read_body(std::string_view text) {
  constexpr std::size_t most = 100'000;
  const auto plain = gunzip(text, most);
  promise(!plain || plain->size() <= most, "nothing unpacks beyond its limit");
  promise(gunzip(gzip(text), text.size()).value() == text, "packing loses nothing");
}

void read_faults(std::string_view text) {
  auto rules = parse_faults("faults", std::string(text));
  if (!rules) {
    promise(rules.error().fault == flit::Fault::setup, "a bad list is for a person to repair");
    return;
  }
  FaultInjector injector(1, std::move(*rules));
  for (int i = 0; i < 3; ++i) injector.strike("POST", "/api/data/v9.2/accounts");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_target(text);
  read_body(text);
  read_faults(text);
  const auto duration = parse_duration(text);
  promise(!duration || *duration >= flit::Duration::zero(), "no duration is negative");
  return 0;
}
