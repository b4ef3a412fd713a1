#pragma once
/// @file What each finding means to people: its weight, one sentence, and what to do about it.
///
/// Codes are the vocabulary of the house: checks report them, reports and pages show them with
/// these words. A code that is not here is shown as it is.

#include <string>
#include <string_view>

#include "store/notebook.hpp"

namespace flit::engine {

/// A finding with its words. `count` and further text are the caller's.
store::Finding finding_of(std::string_view stage, std::string_view code, std::string_view object,
                          std::string_view field = {});

/// "Records share an e-mail address": for headings.
std::string title_of(std::string_view code);

}  // namespace flit::engine
