#pragma once
/// @file $1, $2 …: the rows that earlier operations of a batch made, by Content-ID.
///
/// Fact sheet §7: a reference may stand at the start of a URL and as the value of @odata.bind and
/// @odata.id, and only behind the operation that defines it. Not thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"

namespace flit::sim::dataverse::batch {

class References {
 public:
  /// `entity` is a path below the service root: "accounts(guid)".
  void define(std::string_view content_id, std::string_view entity);
  void forget(std::string_view content_id);

  /// "$1/Account_Tasks" → "accounts(guid)/Account_Tasks"; other targets as they are.
  Result<std::string> resolve_target(std::string_view target) const;

  /// A JSON body with "x@odata.bind":"$1" → "x@odata.bind":"/accounts(guid)"; lists of references
  /// too. None when nothing had to be changed. One pass, no JSON tree.
  Result<std::optional<std::string>> resolve_body(std::string_view body) const;

 private:
  Result<std::string_view> entity_of(std::string_view reference) const;

  std::unordered_map<std::string, std::string> entities_;
};

}  // namespace flit::sim::dataverse::batch
