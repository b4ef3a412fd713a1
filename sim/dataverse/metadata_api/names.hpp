#pragma once
/// @file Names of new metadata: prefixes, characters, plurals (fact sheet §11).

#include <string>
#include <string_view>

#include "sim/dataverse/api/session.hpp"

namespace flit::sim::dataverse {

/// The solution that the header MSCRM.SolutionUniqueName names, or the query option of that name
/// that PY sends in its place, or the parameter of an action; empty: none.
std::string solution_name(const Session& session);

/// A solution that is named exists: else 404 0x80040217 (code [I]).
Answer<void> check_solution(const Session& session);

/// The customization prefix that new names must carry: that of the solution's publisher when the
/// request names a solution, else any well-formed one. Also checks characters and length.
Answer<void> check_schema_name(const Session& session, std::string_view name, std::size_t longest);

/// The same for a relationship, which may also begin with a table's name:
/// "contact_new_x_new_Lookup" is how PY and the maker portal name the relationships of lookups.
Answer<void> check_relationship_name(const Session& session, std::string_view name);

/// "acme_bankaccount" → "acme_bankaccounts", "…y" → "…ies", "…s" → "…ses" [I].
std::string plural_of(std::string_view logical_name);

/// The next free option value with the prefix of the solution's publisher (§11).
int next_option_value(const Session& session, const OptionSet& options);

/// The first label of a Label object, or empty.
std::string label_of(json::Value label);

}  // namespace flit::sim::dataverse
