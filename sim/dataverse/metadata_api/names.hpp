#pragma once
/// @file Names of new metadata: prefixes, characters, plurals (fact sheet §11).

#include <string>
#include <string_view>

#include "sim/dataverse/api/session.hpp"

namespace flit::sim::dataverse {

/// The customization prefix that new names must carry: that of the solution's publisher when the
/// request or body names a solution, else any publisher's. Also checks characters and length.
Answer<void> check_schema_name(const Session& session, std::string_view name, std::size_t longest);

/// "acme_bankaccount" → "acme_bankaccounts", "…y" → "…ies", "…s" → "…ses" [I].
std::string plural_of(std::string_view logical_name);

/// The next free option value with the prefix of the solution's publisher (§11).
int next_option_value(const Session& session, const OptionSet& options);

/// The first label of a Label object, or empty.
std::string label_of(json::Value label);

}  // namespace flit::sim::dataverse
