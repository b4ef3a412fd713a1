#pragma once
/// @file From the name of a credential to the credential: environment, 0600 file or command.
///
/// Nothing here is logged; an error names where it looked, never what it found.

#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "destinations/dataverse/settings.hpp"

namespace flit::wiring {

using destinations::dataverse::SecretReference;

/// "env:NAME", "file:PATH" or "command:CMD". Fault::setup for any other form.
Result<SecretReference> secret_reference(const std::string& text);

/// The text behind it, one line end at its end removed. Fault::setup when the variable is not set,
/// the file is readable by others or not there, the command fails, or nothing is in it.
Result<Secret> resolve(const SecretReference& reference);

}  // namespace flit::wiring
