// The explicit list of commands, in the order of a migration; each comes from a file of its own.

#include "apps/flitstack/command.hpp"

namespace flit::app {

Command paths_command();
Command init_command();
Command inventory_command();
Command map_command();
Command plan_command();
Command owners_command();
Command preflight_command();
Command sample_command();
Command diff_command();
Command approve_command();
Command run_command();
Command reconcile_command();
Command rollback_command();
Command report_command();
Command status_command();
Command trace_command();
Command audit_command();
Command automap_command();
Command demo_command();

std::vector<Command> all_commands() {
  return {paths_command(),    init_command(),    inventory_command(), map_command(),
          plan_command(),     owners_command(),  approve_command(),   preflight_command(),
          sample_command(),   diff_command(),    run_command(),       reconcile_command(),
          rollback_command(), report_command(),  status_command(),    trace_command(),
          audit_command(),    automap_command(), demo_command()};
}

}  // namespace flit::app
