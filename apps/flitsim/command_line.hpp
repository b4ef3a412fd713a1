#pragma once
/// @file Takes argv apart (CLI11) and hands each option to the set that declared it.

#include <optional>
#include <string>

#include "apps/flitsim/launcher.hpp"

namespace flit::sim {

/// A kind together with everything that can be told it.
struct Chosen {
  Kind* kind = nullptr;
  CommonOptions common{};
  OptionSet own_options{};
  OptionSet common_options{};  ///< empty for a kind that does not serve

  explicit Chosen(Kind& chosen);
  Chosen(const Chosen&) = delete;  // options are bound to `common`
  Chosen& operator=(const Chosen&) = delete;
};

enum class Wish { run, help, version };

struct Typed {
  Wish wish = Wish::run;
  std::unique_ptr<Chosen> chosen;  ///< null: no kind was named
};

/// Fault::setup for an unknown kind, an unknown option or a bad value, with a suggestion.
Result<Typed> parse_command_line(int argc, const char* const* argv, const Kinds& kinds);

}  // namespace flit::sim
