#pragma once
/// @file Everything that was ever meant for one row, in order, and what came of it.
///
/// What a rollback takes back and a trace shows. Takes the connection of Ledger::read().

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "model/batch.hpp"
#include "model/record.hpp"
#include "store/names.hpp"
#include "store/sql.hpp"

namespace flit::store {

/// One write that was meant.
struct Step {
  std::int64_t operation = 0;
  std::int64_t batch = 0;
  std::string stage;  ///< "S-07"
  std::string phase;
  model::Verb verb = model::Verb::create;
  model::TargetId target;
  bool settled = false;  ///< false: nobody knows yet what came of it
  model::RowOutcome::Kind outcome = model::RowOutcome::Kind::done;  ///< once settled
  std::string code{};
  std::string message{};
  std::optional<std::string> before_image{};
};

/// The steps of one assignment, oldest first.
Result<void> history(Names& names, sql::Connection& reader, std::int64_t assignment,
                     const std::function<Result<void>(const Step&)>& visit);

}  // namespace flit::store
