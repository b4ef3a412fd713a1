#pragma once
/// @file What a command of the product is: a name, help that teaches, options, and one function.
///
/// A command file declares a Command and does its work by calling the rooms below; it never touches
/// CLI11 (only main.cpp does, it costs five seconds a file) and never prints outside its Terminal.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/flitstack/terminal.hpp"
#include "apps/wiring/exit.hpp"

namespace flit::app {

using wiring::Exit;
using wiring::exit_for;

struct Option {
  enum class Kind { flag, value, list };
  std::string name;   ///< "--port", or without dashes for an argument given by position
  std::string value;  ///< what stands for the value in help: "N", "EMAIL"; empty for a flag
  std::string help;   ///< one sentence
  Kind kind = Kind::value;
  bool required = false;
};

/// What was given on the command line, by option name.
class Arguments {
 public:
  bool has(std::string_view option) const { return find(option) != nullptr; }
  std::optional<std::string> value(std::string_view option) const;
  std::string value_or(std::string_view option, std::string_view fallback) const;
  std::vector<std::string> values(std::string_view option) const;

  void set(std::string option, std::vector<std::string> values);

 private:
  struct Given {
    std::string option;
    std::vector<std::string> values;
  };
  const Given* find(std::string_view option) const;
  std::vector<Given> given_;
};

struct Global {
  std::string project = ".";
  std::optional<std::string> packs;
};

/// Everything a command is handed; nothing is reached through globals.
struct Invocation {
  const Global& global;
  const Arguments& arguments;
  Terminal& terminal;
};

struct Command {
  std::string name;
  std::string summary;   ///< one line for the list
  std::string teaching;  ///< paragraphs: what it does, what it needs, what comes next
  std::vector<std::string> examples{};
  std::vector<Option> options{};
  std::function<Result<Exit>(const Invocation&)> run{};  ///< empty for a group of subcommands
  std::vector<Command> subcommands{};
};

/// One that its name and summary explain.
Command subcommand(std::string name, std::string summary,
                   std::function<Result<Exit>(const Invocation&)> run);

/// Every command there is, in the order of a migration. One explicit list: no static registration.
std::vector<Command> all_commands();

}  // namespace flit::app
