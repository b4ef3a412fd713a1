#pragma once
/// @file The columns that the platform gives every new table (fact sheet §11 [O/I]).

#include "sim/dataverse/metadata/catalogue.hpp"

namespace flit::sim::dataverse {

/// Primary id, stamps, owner, state and status, import columns. REQUIRES: names and ownership set.
void add_system_columns(Catalogue& catalogue, Table& table);

/// transactioncurrencyid and exchangerate, once a table has money (§10).
void add_currency_columns(Catalogue& catalogue, Table& table);

/// partitionid and ttlinseconds (§6).
void add_elastic_columns(Table& table);

}  // namespace flit::sim::dataverse
