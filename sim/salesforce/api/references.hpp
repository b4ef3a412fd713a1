#pragma once
/// @file References between the parts of a composite request: @{account.id} (fact sheet §2.7).

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/json_reader.hpp"

namespace flit::sim::salesforce {

/// What the parts before have answered, by reference id.
class Answers {
 public:
  void add(std::string reference, std::string_view body);

  /// The text of `text` with each @{…} replaced; nothing when one leads nowhere.
  std::optional<std::string> resolve(std::string_view text) const;

 private:
  std::optional<std::string> lookup(std::string_view path) const;

  std::map<std::string, json::Document, std::less<>> bodies_;
};

/// Letters, digits and "_"; anything else fails the whole call (v52+).
bool is_reference_id(std::string_view text);

}  // namespace flit::sim::salesforce
