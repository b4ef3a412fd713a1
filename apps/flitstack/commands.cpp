// The explicit list of commands; each comes from a file of its own.

#include "apps/flitstack/command.hpp"

namespace flit::app {

Command automap_command();

std::vector<Command> all_commands() {
  return {automap_command()};
}

}  // namespace flit::app
