#pragma once
/// @file Choices: numbers with labels, local to one column or shared by several (global).
///
/// State options name the status that a row gets when only the state is set; status options name
/// the state they belong to (fact sheet §12).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/uuid.hpp"

namespace flit::sim::dataverse {

struct Option {
  int value = 0;
  std::string label{};
  std::optional<int> state{};           ///< of a status option
  std::optional<int> default_status{};  ///< of a state option
  std::string invariant_name{};         ///< of a state option: "Open"
  std::string description{};
};

struct OptionSet {
  std::string name{};
  std::string display_name{};
  bool is_global = false;
  bool is_custom = false;
  std::vector<Option> options{};
  Uuid metadata_id{};

  const Option* find(int value) const;
  Option* find(int value);

  /// "1,2,3": what the out-of-range error lists.
  std::string accepted_values() const;
};

}  // namespace flit::sim::dataverse
