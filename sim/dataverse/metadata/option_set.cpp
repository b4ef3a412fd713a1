#include "sim/dataverse/metadata/option_set.hpp"

namespace flit::sim::dataverse {

const Option* OptionSet::find(int value) const {
  for (const Option& option : options)
    if (option.value == value) return &option;
  return nullptr;
}

Option* OptionSet::find(int value) {
  for (Option& option : options)
    if (option.value == value) return &option;
  return nullptr;
}

std::string OptionSet::accepted_values() const {
  std::string text;
  for (const Option& option : options) {
    if (!text.empty()) text += ',';
    text += std::to_string(option.value);
  }
  return text;
}

}  // namespace flit::sim::dataverse
