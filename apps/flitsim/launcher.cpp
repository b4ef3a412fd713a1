#include "apps/flitsim/launcher.hpp"

#include <cstdio>
#include <exception>

#include <fmt/format.h>

#include "apps/flitsim/command_line.hpp"
#include "apps/flitsim/help.hpp"
#include "apps/flitsim/serve.hpp"

namespace flit::sim {

namespace {

int fail(const Error& error, std::string_view page) {
  fmt::print(stderr, "flitsim: {}\n", error.text());
  if (!page.empty()) fmt::print(stderr, "`{}` shows what can be typed.\n", page);
  return error.fault == Fault::setup ? exit_usage : exit_unexpected;
}

int run_wish(Typed& typed, const Kinds& kinds, std::string_view version) {
  switch (typed.wish) {
    case Wish::version:
      fmt::print("flitsim {}\n", version);
      return exit_done;
    case Wish::help:
      fmt::print("{}", typed.chosen ? kind_page(*typed.chosen) : program_page(kinds));
      return exit_done;
    case Wish::run:
      break;
  }
  const auto ended = run(*typed.chosen);
  return ended ? exit_done : fail(ended.error(), "");
}

}  // namespace

int launch(int argc, const char* const* argv, const Kinds& kinds, std::string_view version) {
  try {
    auto typed = parse_command_line(argc, argv, kinds);
    if (!typed) {
      bool known = false;
      for (const auto& kind : kinds) known |= argc > 1 && kind->info().name == argv[1];
      return fail(typed.error(),
                  known ? fmt::format("flitsim {} --help", argv[1]) : "flitsim --help");
    }
    const int code = run_wish(*typed, kinds, version);
    // no kind: the page is shown, but nothing was asked for that could be done
    return argc < 2 ? exit_usage : code;
  } catch (const std::exception& bug) {
    fmt::print(stderr, "flitsim: unexpected: {}\n", bug.what());
    return exit_unexpected;
  }
}

}  // namespace flit::sim
