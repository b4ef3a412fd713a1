#include "base/result.hpp"

namespace flit {

std::string_view to_string(Fault fault) {
  switch (fault) {
    case Fault::setup:
      return "setup";
    case Fault::permanent:
      return "permanent";
    case Fault::limit:
      return "limit";
    case Fault::transient:
      return "transient";
    case Fault::ambiguous:
      return "ambiguous";
    case Fault::cancelled:
      return "cancelled";
  }
  return "unknown";
}

std::string Error::text() const {
  std::string out;
  if (!where.empty()) out.append(where).append(": ");
  out.append(message);
  if (!code.empty()) out.append(" [").append(code).append("]");
  if (!trail.empty()) {
    out.append(" (");
    for (std::size_t i = 0; i < trail.size(); ++i)
      out.append(i == 0 ? "while " : "; while ").append(trail[i]);
    out.append(")");
  }
  if (!remedy.empty()) out.append(". ").append(remedy);
  return out;
}

}  // namespace flit
