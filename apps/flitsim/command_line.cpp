#include "apps/flitsim/command_line.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "base/edit_distance.hpp"

namespace flit::sim {

namespace {

/// What CLI11 found for one option.
struct Found {
  const OptionSet* set;
  std::string name;
  CLI::Option* option;
};

void add_options(CLI::App& app, const OptionSet& set, std::vector<Found>& found) {
  for (const Option& option : set.all()) {
    const std::string& name = option.declaration.name;
    CLI::Option* added = nullptr;
    if (option.is_flag())
      added = app.add_flag(name);
    else
      added = app.add_option(name)->expected(1)->multi_option_policy(
          option.repeatable ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::Throw);
    found.push_back({&set, name, added});
  }
}

Result<void> hand_over(const Found& found) {
  if (found.option->count() == 0) return {};
  if (found.set->find(found.name)->is_flag()) return found.set->set(found.name, "");
  for (const std::string& value : found.option->results())
    FLIT_TRY_VOID(found.set->set(found.name, value));
  return {};
}

/// Of both sets together, so that the suggestion may come from either.
Error unknown_option(const Chosen& chosen, const std::string& typed) {
  const std::string name = typed.substr(0, typed.find('='));
  if (!name.starts_with("-"))
    return Error{.fault = Fault::setup, .message = "'" + typed + "' belongs to no option"};
  std::vector<std::string_view> names{"--help"};
  for (const OptionSet* set : {&chosen.own_options, &chosen.common_options})
    for (const Option& option : set->all()) names.emplace_back(option.declaration.name);
  return Error{.fault = Fault::setup,
               .message = "there is no option " + name,
               .remedy = did_you_mean_text(name, names)};
}

Result<Typed> parse_options(std::vector<std::string> arguments, std::unique_ptr<Chosen> chosen) {
  CLI::App app;
  app.set_help_flag("--help,-h");
  app.allow_extras();
  std::vector<Found> found;
  add_options(app, chosen->own_options, found);
  add_options(app, chosen->common_options, found);
  try {
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return Typed{Wish::help, std::move(chosen)};
  } catch (const CLI::ParseError& error) {
    return Error{.fault = Fault::setup, .message = error.what()};
  }
  if (const auto rest = app.remaining(); !rest.empty())
    return unknown_option(*chosen, rest.front());
  for (const Found& one : found) FLIT_TRY_VOID(hand_over(one));
  FLIT_TRY_VOID(chosen->common.check());
  return Typed{Wish::run, std::move(chosen)};
}

Error unknown_kind(const std::string& typed, const Kinds& kinds) {
  std::vector<std::string> names{"--help", "--version"};
  for (const auto& kind : kinds) names.push_back(kind->info().name);
  const std::string what = typed.starts_with("-") ? "option " : "kind ";
  return Error{.fault = Fault::setup,
               .message = "there is no " + what + typed,
               .remedy = did_you_mean_text(typed, names)};
}

}  // namespace

Chosen::Chosen(Kind& chosen) : kind(&chosen) {
  kind->declare(own_options);
  if (kind->info().serves) common.declare(common_options);
}

Result<Typed> parse_command_line(int argc, const char* const* argv, const Kinds& kinds) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.empty() || arguments.front() == "--help" || arguments.front() == "-h")
    return Typed{Wish::help, nullptr};
  if (arguments.front() == "--version") return Typed{Wish::version, nullptr};
  const std::string name = arguments.front();
  arguments.erase(arguments.begin());
  for (const auto& kind : kinds)
    if (kind->info().name == name)
      return parse_options(std::move(arguments), std::make_unique<Chosen>(*kind));
  return unknown_kind(name, kinds);
}

}  // namespace flit::sim
