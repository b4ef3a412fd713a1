#pragma once
/// @file Currency, exchange rate and precision of a row with money (fact sheet §10).
///
/// Without a currency the organization's own is taken; amounts are rounded to the precision that
/// the column's source says. Base amounts are computed when read (amount / rate).

#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

/// `before`: the row that is updated; null on create.
Answer<void> settle_money(Work& work, const Table& table, const Row* before, RowDraft& draft);

}  // namespace flit::sim::dataverse
