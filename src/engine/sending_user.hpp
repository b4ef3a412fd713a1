#pragma once
/// @file Which writes may leave as any of the users that a migration loads as.
///
/// Who makes a row that names no owner owns it, and so does who closes a row what the platform
/// makes of that. Such writes are the first user's, so that it does not hang on chance whose rows
/// they are. Pure.

#include <string_view>

#include "model/batch.hpp"

namespace flit::engine {

/// `owner`: the column that names a row's owner (PathPack::owner).
bool any_user_may_send(const model::RecordBatch& batch, std::string_view owner);

}  // namespace flit::engine
