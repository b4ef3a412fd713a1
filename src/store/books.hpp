#pragma once
/// @file The tables of one ledger, opened together: they share its dictionary of names.

#include "store/assignments.hpp"
#include "store/edges.hpp"
#include "store/hierarchies.hpp"
#include "store/journal.hpp"
#include "store/names.hpp"
#include "store/staging.hpp"
#include "store/worklist.hpp"

namespace flit::store {

struct Books {
  Names names{};
  Staging staging{names};
  Assignments assignments{names};
  Journal journal{names};
  Hierarchies hierarchies{names};
  Edges edges{names};
  Worklist worklist{names};

  Books() = default;
  Books(const Books&) = delete;
  Books& operator=(const Books&) = delete;
};

}  // namespace flit::store
