// The command line of the product: reads what was typed, hands it to one command, turns its end
// into an exit code. The only file that includes CLI11; the commands know nothing of it.

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apps/flitstack/command.hpp"
#include "apps/flitstack/help.hpp"
#include "base/edit_distance.hpp"

namespace flit::app {
namespace {

constexpr std::string_view version = FLIT_VERSION;

/// A few pools of memory for all lanes: one for each would keep what each once needed.
void keep_memory_small() {
#ifdef M_ARENA_MAX
  ::mallopt(M_ARENA_MAX, 2);
#endif
}

struct Typed {
  Global global;
  bool json = false;
  bool show_version = false;
};

/// One command as CLI11 sees it, with what CLI11 found for each of its options.
struct Bound {
  const Command* command = nullptr;
  CLI::App* app = nullptr;
  std::string path;
  std::vector<std::unique_ptr<std::vector<std::string>>> values;
  std::vector<CLI::Option*> options;
};

void add_option(Bound& bound, const Option& option) {
  auto& storage = *bound.values.emplace_back(std::make_unique<std::vector<std::string>>());
  CLI::Option* added = nullptr;
  if (option.kind == Option::Kind::flag) {
    added = bound.app->add_flag(option.name, option.help);
  } else {
    added = bound.app->add_option(option.name, storage, option.help);
    added->expected(1, option.kind == Option::Kind::list ? 1 << 20 : 1);
    added->allow_extra_args(option.kind == Option::Kind::list);
  }
  if (option.required) added->required();
  bound.options.push_back(added);
}

void add_command(std::vector<std::unique_ptr<Bound>>& all, CLI::App& parent, const Command& command,
                 const std::string& prefix) {
  auto bound = std::make_unique<Bound>();
  bound->command = &command;
  bound->path = prefix + command.name;
  bound->app = parent.add_subcommand(command.name, command.summary);
  bound->app->set_help_flag("--help,-h");
  for (const Option& option : command.options) add_option(*bound, option);
  Bound& here = *all.emplace_back(std::move(bound));
  if (!command.run) here.app->require_subcommand(1);
  for (const Command& sub : command.subcommands) add_command(all, *here.app, sub, here.path + " ");
}

Arguments arguments_of(const Bound& bound) {
  Arguments arguments;
  for (std::size_t i = 0; i < bound.options.size(); ++i)
    if (bound.options[i]->count() > 0)
      arguments.set(bound.command->options[i].name, *bound.values[i]);
  return arguments;
}

const Bound* deepest_parsed(const std::vector<std::unique_ptr<Bound>>& all) {
  const Bound* found = nullptr;
  for (const auto& bound : all)
    if (bound->app->parsed()) found = bound.get();
  return found;
}

/// The command that was probably meant by the first word that is no option.
std::string suggestion_for(const std::vector<Command>& commands, int argc, char** argv) {
  std::vector<std::string_view> names;
  for (const Command& command : commands) names.push_back(command.name);
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with("-")) continue;
    const auto meant = did_you_mean(word, names);
    return meant && *meant != word ? "Did you mean '" + std::string(*meant) + "'? " : std::string();
  }
  return {};
}

Exit usage_error(Terminal& terminal, const CLI::ParseError& error, const Bound* bound,
                 const std::string& suggestion) {
  const std::string page =
      bound != nullptr ? "flitstack " + bound->path + " --help" : "flitstack --help";
  terminal.fail({.fault = Fault::setup,
                 .message = error.what(),
                 .remedy = suggestion + "`" + page + "` shows what can be typed"});
  return Exit::usage;
}

Exit run_command(const Bound& bound, const Global& global, Terminal& terminal) {
  const Arguments arguments = arguments_of(bound);
  try {
    const Result<Exit> result = bound.command->run({global, arguments, terminal});
    if (result) return *result;
    terminal.fail(result.error());
    return exit_for(result.error());
  } catch (const std::exception& bug) {
    terminal.fail({.fault = Fault::permanent,
                   .message = std::string("unexpected: ") + bug.what(),
                   .remedy = "This is a bug in flitstack; the ledger is intact, the same command "
                             "can be run again"});
    return Exit::unexpected;
  }
}

Exit show_help(const std::vector<Command>& commands, const Bound* bound, bool as_json) {
  if (as_json)
    std::cout << help_as_json(commands) << '\n';
  else
    std::cout << (bound == nullptr ? help_for_product(commands)
                                   : help_for_command(*bound->command, bound->path));
  return Exit::done;
}

Exit show_version(bool as_json) {
  if (as_json)
    std::cout << R"({"name": "flitstack", "version": ")" << version << "\"}\n";
  else
    std::cout << "flitstack " << version << '\n';
  return Exit::done;
}

Terminal::Settings settings_for(bool json) {
  const bool no_colour =
      std::getenv("NO_COLOR") != nullptr;  // NOLINT(concurrency-mt-unsafe): one thread yet
  return {.json = json,
          .colour_out = !no_colour && isatty(STDOUT_FILENO) == 1,
          .colour_err = !no_colour && isatty(STDERR_FILENO) == 1,
          .interactive = isatty(STDERR_FILENO) == 1};
}

/// Whatever is written from here on, by us or by a library, is readable by its owner alone; and no
/// core file, which would hold credentials and records, is left by a crash.
void keep_to_ourselves() {
  ::umask(S_IRWXG | S_IRWXO);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

Exit run(int argc, char** argv) {
  keep_memory_small();
  const std::vector<Command> commands = all_commands();
  Typed typed;
  CLI::App app("flitstack");
  app.set_help_flag("--help,-h");
  app.add_option("--project", typed.global.project);
  app.add_option("--packs", typed.global.packs);
  app.add_flag("--json", typed.json);
  app.add_flag("--version", typed.show_version);
  app.fallthrough();
  std::vector<std::unique_ptr<Bound>> all;
  for (const Command& command : commands) add_command(all, app, command, "");

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return show_help(commands, deepest_parsed(all), typed.json);
  } catch (const CLI::ParseError& error) {
    Terminal terminal(std::cout, std::cerr, settings_for(typed.json));
    return usage_error(terminal, error, deepest_parsed(all), suggestion_for(commands, argc, argv));
  }
  if (typed.show_version) return show_version(typed.json);
  const Bound* bound = deepest_parsed(all);
  if (bound == nullptr) return show_help(commands, nullptr, typed.json), Exit::usage;
  Terminal terminal(std::cout, std::cerr, settings_for(typed.json));
  return run_command(*bound, typed.global, terminal);
}

}  // namespace
}  // namespace flit::app

int main(int argc, char** argv) {
  flit::app::keep_to_ourselves();
  try {
    return static_cast<int>(flit::app::run(argc, argv));
  } catch (const std::exception& bug) {
    std::cerr << "unexpected: " << bug.what() << '\n';
    return static_cast<int>(flit::app::Exit::unexpected);
  }
}
