#pragma once
/// @file What we did to the destination's schema: what `rollback --schema` takes back.
///
/// A step is written before its request leaves (intended) and again when it is there (made). Only
/// steps whose thing was not there before are written at all. Writers take the connection of a
/// Ledger transaction, readers that of Ledger::read(). Stateless.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

enum class SchemaStepState : std::uint8_t { intended = 1, made = 2, reverted = 3 };

struct SchemaStep {
  std::string name;    ///< "account.flit_source_id"
  std::string change;  ///< JSON
  SchemaStepState state = SchemaStepState::intended;
};

/// Adds a step behind all others, or moves it there when it was taken back before.
Result<void> intend_schema_step(sql::Connection& transaction, const SchemaStep& step);
Result<void> set_schema_step(sql::Connection& transaction, std::string_view name,
                             SchemaStepState state);
/// In the order in which they were meant. As many as a plan has, so all at once.
Result<std::vector<SchemaStep>> schema_steps(sql::Connection& reader);

}  // namespace flit::store
