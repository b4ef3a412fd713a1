#include "apps/flitstack/help.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace flit::app {
namespace {

constexpr std::string_view product_page =
    R"(flitstack moves a company from one CRM to another, and proves that it did.

It reads the source, proposes the field map, waits for people to confirm it, prepares the
destination's schema, moves a sample and shows the difference field by field, moves everything,
reconciles every record, and can put the destination back exactly as it was. What it did is in a
ledger that stays with you.

Usage: flitstack [--project DIR] [--json] [--packs DIR] COMMAND [OPTIONS]

)";

constexpr std::string_view global_options = R"(
Options before the command:
  --project DIR   The migration's folder (default: the current one).
  --json          Print one JSON document on stdout instead of prose.
  --packs DIR     Read platforms and paths from DIR instead of the ones shipped.
  --version       Say which version this is.
  --help          This page; after a command, that command's page.

Exit codes: 0 done, 1 unexpected, 2 usage or configuration, 3 a gate is closed,
4 findings block, 5 the remote side failed, 6 finished with failed records.

Results go to stdout, progress and messages to stderr. Credentials come from the environment,
a file with mode 0600 or a command, never from an argument.
)";

std::string option_column(const Option& option) {
  if (option.value.empty()) return option.name;
  return option.name.starts_with("--") ? option.name + " " + option.value : option.value;
}

std::size_t widest(const std::vector<Option>& options) {
  std::size_t width = 0;
  for (const Option& option : options) width = std::max(width, option_column(option).size());
  return width;
}

void write_command(json::Writer& out, const Command& command) {
  out.begin_object().member("name", command.name).member("summary", command.summary);
  out.key("options").begin_array();
  for (const Option& option : command.options) {
    out.begin_object().member("name", option.name).member("value", option.value);
    out.member("help", option.help).member("required", option.required).end_object();
  }
  out.end_array().key("commands").begin_array();
  for (const Command& sub : command.subcommands) write_command(out, sub);
  out.end_array().end_object();
}

}  // namespace

std::string help_for_product(const std::vector<Command>& commands) {
  std::string page(product_page);
  page += "Commands, in the order of a migration:\n";
  for (const Command& command : commands)
    page += fmt::format("  {:<12} {}\n", command.name, command.summary);
  page += global_options;
  return page;
}

std::string help_for_command(const Command& command, const std::string& path) {
  std::string page = fmt::format("flitstack {}: {}\n\n", path, command.summary);
  if (!command.teaching.empty()) page += command.teaching + "\n\n";
  page += "Usage: flitstack " + path;
  for (const Option& option : command.options)
    page += option.required ? " " + option_column(option) : " [" + option_column(option) + "]";
  page += command.subcommands.empty() ? "\n" : " COMMAND\n";

  if (!command.subcommands.empty()) page += "\nCommands:\n";
  for (const Command& sub : command.subcommands)
    page += fmt::format("  {:<12} {}\n", sub.name, sub.summary);

  if (!command.options.empty()) page += "\nOptions:\n";
  for (const Option& option : command.options)
    page +=
        fmt::format("  {:<{}}  {}\n", option_column(option), widest(command.options), option.help);

  if (!command.examples.empty()) page += "\nFor example:\n";
  for (const std::string& example : command.examples) page += "  " + example + "\n";
  return page;
}

std::string help_as_json(const std::vector<Command>& commands) {
  json::Writer out(json::Writer::Style::pretty);
  out.begin_object().member("name", "flitstack").key("commands").begin_array();
  for (const Command& command : commands) write_command(out, command);
  out.end_array().end_object();
  return out.take();
}

}  // namespace flit::app
