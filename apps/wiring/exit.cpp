#include "apps/wiring/exit.hpp"

namespace flit::wiring {

Exit exit_for(const Error& error) {
  if (error.code == "gate_closed") return Exit::gate_closed;
  if (error.code == "findings_block") return Exit::findings_block;
  switch (error.fault) {
    case Fault::setup:
      return Exit::usage;
    case Fault::permanent:
    case Fault::limit:
    case Fault::transient:
    case Fault::ambiguous:
      return Exit::remote_failed;
    case Fault::cancelled:
      return Exit::unexpected;
  }
  return Exit::unexpected;
}

}  // namespace flit::wiring
