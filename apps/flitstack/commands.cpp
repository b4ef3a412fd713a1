// The explicit list of commands; each comes from a file of its own.

#include "apps/flitstack/command.hpp"

namespace flit::app {

std::vector<Command> all_commands() {
  return {};
}

}  // namespace flit::app
