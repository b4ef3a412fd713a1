// The explicit list of commands, in the order of a migration; each comes from a file of its own.

#include "apps/flitstack/command.hpp"

namespace flit::app {

Command paths_command();
Command init_command();
Command inventory_command();
Command map_command();
Command owners_command();
Command approve_command();
Command status_command();
Command automap_command();

std::vector<Command> all_commands() {
  return {paths_command(),  init_command(),    inventory_command(), map_command(),
          owners_command(), approve_command(), status_command(),    automap_command()};
}

}  // namespace flit::app
