#pragma once
/// @file Rows that the platform itself writes beside a client's: pointers, parties, mirrors
/// (§12, §16 point 9).
///
/// They pass no rule and no check; the platform knows what it writes.

#include <initializer_list>
#include <string_view>
#include <utility>

#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

using NamedCell = std::pair<std::string_view, Cell>;

/// Puts (creates or replaces) a row with these cells; absent cells are left out. `like` gives owner
/// and stamps; null: the caller and now.
void put_direct(Work& work, const Table& table, const Uuid& id,
                std::initializer_list<NamedCell> cells, const Row* like = nullptr);

/// Changes some cells of a row that exists.
void change_direct(Work& work, const Table& table, const Uuid& id,
                   std::initializer_list<NamedCell> cells);

/// An id derived from another row's: the same in every run.
Uuid derived_id(const Uuid& from, std::uint64_t salt);

}  // namespace flit::sim::dataverse
