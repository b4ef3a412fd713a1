#pragma once
/// @file POST /__sim/edit: what people do in Interactive while a migration runs.
///
/// facts/sources.md §0.4: create, update, delete (= purge), archive, restore, purge, merge,
/// associate, dissociate, set_option, deactivate_owner, delete_owner, revoke_scope, expire_token.
/// A list is applied in order, all or none. What moves `updated_at` is told in §1.3. The caller
/// holds the dataset's lock.

#include <string>

#include "base/json_reader.hpp"
#include "base/result.hpp"
#include "sim/interactive/api/access.hpp"
#include "sim/interactive/store/dataset.hpp"
#include "sim/interactive/store/visibility.hpp"

namespace flit::sim::interactive {

struct Editing {
  Dataset& data;
  TokenBook& tokens;
  Visibility& visibility;
  std::int64_t now_ms;
};

/// {"results":[{"op":"create","table":"contacts","id":"123"},…]}. Fault::permanent and nothing
/// changed when any edit cannot be done.
Result<std::string> apply_edits(Editing editing, json::Value edits);

}  // namespace flit::sim::interactive
