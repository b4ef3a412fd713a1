#pragma once
/// @file What people see over there: the rows of the tables that a migration and people write to,
/// cell by cell.

#include <map>
#include <set>
#include <string>
#include <utility>

#include "world.hpp"

namespace flit::test {

using RowKey = std::pair<std::string, std::string>;  ///< table, id
using Cells = std::map<std::string, std::string>;    ///< by column; a lookup as "table id"

struct PicturedRow {
  Cells cells{};
  std::set<RowKey> refers{};   ///< to rows of whatever table
  std::set<RowKey> parties{};  ///< the people of an activity
  std::string editor{};        ///< who wrote it last
  std::uint64_t version = 0;
};
using Picture = std::map<RowKey, PicturedRow>;

Picture picture_of(World& world);

/// Rows that cannot be without `roots`: what they refer to, what that refers to, and so on.
std::set<RowKey> held_by(std::set<RowKey> roots, const Picture& picture);

}  // namespace flit::test
