#pragma once
/// @file Pairs of records that some third record names: the spouses of a matter.
///
/// Each pair once under each name, the smaller id first, however many records name it. Written by
/// the profile of S-01. Writers take the connection of a Ledger transaction, readers that of
/// Ledger::read(). Stateless.

#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "store/sql.hpp"

namespace flit::store {

struct Pair {
  std::string name;  ///< "spouses", "former spouses"
  std::string one;   ///< source ids, of one object
  std::string other;
  std::string named_by;  ///< the record that was seen first to name them
  bool linkable = true;  ///< both are live
};

Result<void> clear_pairs(sql::Connection& transaction);
Result<void> put_pair(sql::Connection& transaction, const Pair& pair);

/// By name, in the order of ids; an empty name: all of them.
Result<void> pairs(sql::Connection& reader, std::string_view name,
                   const std::function<Result<void>(const Pair&)>& visit);

}  // namespace flit::store
