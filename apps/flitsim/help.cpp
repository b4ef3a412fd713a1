#include "apps/flitsim/help.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace flit::sim {

namespace {

constexpr std::string_view introduction =
    R"(flitsim plays a CRM on this machine: it answers as the platform's documentation says, limits and
errors included, so that a migration can be rehearsed where nothing can break.

Usage: flitsim KIND [OPTIONS]

)";

constexpr std::string_view running =
    R"(
When it is ready, it prints one line of JSON on stdout, with everything a client needs:
  {"name": ..., "url": "http://127.0.0.1:PORT", "token_url": ..., "client_id": ...,
   "client_secret": ..., "access_token": ..., "pid": ..., "digest_url": ...}
Its log goes to stderr. Stop it with Ctrl-C or `kill PID` (SIGTERM); it ends with exit code 0.

While it runs, ask it about itself and make it misbehave (this machine only, no token):
  curl URL/__sim/stats           requests, throttling, rows written
  curl URL/__sim/digest          a fingerprint of everything that clients can write
  curl URL/__sim/requests?last=9 what a client has just done
  curl URL/__sim/faults -d '[{"match": {"method": "POST"}, "nth": 2, "kind": "reset_after"}]'
  curl URL/__sim/clock -d '{"advance_s": 3600}'
  curl URL/__sim/reset -X POST
)";

std::string left_column(const Option& option) {
  const Declaration& declaration = option.declaration;
  return option.is_flag() ? declaration.name : declaration.name + " " + declaration.metavar;
}

std::string option_lines(const OptionSet& options) {
  std::size_t width = 0;
  for (const Option& option : options.all()) width = std::max(width, left_column(option).size());
  std::string text;
  for (const Option& option : options.all()) {
    text += fmt::format("  {:<{}}  {}", left_column(option), width, option.declaration.help);
    if (!option.default_text.empty()) text += fmt::format(" [{}]", option.default_text);
    text += '\n';
  }
  return text;
}

}  // namespace

std::string program_page(const Kinds& kinds) {
  std::string text(introduction);
  text += "Kinds:\n";
  std::size_t width = 0;
  for (const auto& kind : kinds) width = std::max(width, kind->info().name.size());
  for (const auto& kind : kinds)
    text += fmt::format("  {:<{}}  {}\n", kind->info().name, width, kind->info().summary);
  text += "\nExamples:\n";
  for (const auto& kind : kinds)
    if (const auto examples = kind->info().examples; !examples.empty())
      text += fmt::format("  {}\n", examples.front());
  text += running;
  text +=
      "\n`flitsim KIND --help` shows what a kind can be told; `flitsim --version`, which this "
      "is.\n";
  return text;
}

std::string kind_page(const Chosen& chosen) {
  const KindInfo info = chosen.kind->info();
  std::string text =
      fmt::format("{}\n\nUsage: flitsim {} [OPTIONS]\n", info.description, info.name);
  if (!info.examples.empty()) text += "\nExamples:\n";
  for (const std::string& example : info.examples) text += fmt::format("  {}\n", example);
  if (!chosen.own_options.all().empty())
    text += fmt::format("\nOptions of {}:\n{}", info.name, option_lines(chosen.own_options));
  if (!chosen.common_options.all().empty())
    text += fmt::format("\nOptions of every simulator (D is a duration: 10ms, 1.5s, 2m):\n{}",
                        option_lines(chosen.common_options));
  if (info.serves) text += running;
  return text;
}

}  // namespace flit::sim
