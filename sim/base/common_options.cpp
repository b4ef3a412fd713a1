#include "sim/base/common_options.hpp"

namespace flit::sim {

void CommonOptions::declare(OptionSet& options) {
  options.add({"--port", "N", "Port on 127.0.0.1; 0 takes a free one."}, port);
  options.add({"--schema", "FILE", "Tables and fields to start with, as JSON."}, schema);
  options.add({"--snapshot", "FILE", "Load this state at the start, save it at the end."},
              snapshot);
  options.add({"--users", "FILE", "The people of this organisation."}, users);
  options.add({"--seed", "N", "Same seed, same behaviour."}, seed);
  options.add_choice<Limits>({"--limits", "off|real", "Whether the platform's rate limits hold."},
                             limits, {{"off", Limits::off}, {"real", Limits::real}});
  options.add({"--latency", "D", "Platform time added to every answer."}, latency);
  options.add({"--cost-per-row", "D", "Execution time of one row, in place of the cost model."},
              cost_per_row);
  options.add({"--servers", "N", "Web servers behind the address; limits hold for each."}, servers);
  options.add({"--licence", "NAME", "What the organisation has bought."}, licence);
  options.add({"--faults", "FILE", "What goes wrong, and when (as POST /__sim/faults)."}, faults);
  options.add({"--time-scale", "N", "Windows and costs pass N times faster than real time."},
              time_scale);
  options.add({"--clock", "INSTANT", "The time it is on the platform at the start."}, clock);
}

Result<void> CommonOptions::check() const {
  if (!(time_scale > 0 && time_scale <= 1'000'000))
    return Error{.fault = Fault::setup,
                 .message = "the scale must be greater than 0 and at most 1000000",
                 .where = "--time-scale"};
  if (servers < 1 || servers > 1000)
    return Error{.fault = Fault::setup,
                 .message = "there must be 1 to 1000 web servers",
                 .where = "--servers"};
  return {};
}

}  // namespace flit::sim
