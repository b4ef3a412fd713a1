#include "engine/work.hpp"

#include <cmath>

namespace flit::engine {

Event to_event(const WorkPlanned& event) {
  // Fields hold whole numbers: thousandths of a request a second.
  return Event("work_planned", Level::info)
      .text("what", event.what)
      .number("total", static_cast<std::int64_t>(event.total))
      .number("requests_per_1000_s", std::llround(1000 * event.requests_per_second));
}

}  // namespace flit::engine
