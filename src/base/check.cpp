#include "base/check.hpp"

#include <fmt/format.h>

namespace flit {

void raise_bug(const char* condition, const char* why, const char* file, int line) {
  throw Bug(fmt::format("{}:{}: {} does not hold: {}", file, line, condition, why));
}

}  // namespace flit
