#include "apps/flitstack/command.hpp"

#include <utility>

namespace flit::app {

const Arguments::Given* Arguments::find(std::string_view option) const {
  for (const Given& one : given_)
    if (one.option == option) return &one;
  return nullptr;
}

std::optional<std::string> Arguments::value(std::string_view option) const {
  const Given* given = find(option);
  if (given == nullptr || given->values.empty()) return {};
  return given->values.front();
}

std::string Arguments::value_or(std::string_view option, std::string_view fallback) const {
  return value(option).value_or(std::string(fallback));
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  const Given* given = find(option);
  return given == nullptr ? std::vector<std::string>() : given->values;
}

void Arguments::set(std::string option, std::vector<std::string> values) {
  given_.push_back({std::move(option), std::move(values)});
}

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

}  // namespace flit::app
