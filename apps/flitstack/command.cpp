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

Command subcommand(std::string name, std::string summary,
                   std::function<Result<Exit>(const Invocation&)> run) {
  Command command;
  command.name = std::move(name);
  command.summary = std::move(summary);
  command.run = std::move(run);
  return command;
}

}  // namespace flit::app
