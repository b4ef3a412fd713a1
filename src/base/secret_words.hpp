#pragma once
/// @file Which lines of a configuration are not to be repeated.
///
/// Credentials do not belong into configuration, but people put them there, and a mistake beside
/// one must not carry it into a terminal, a log or a bug report.

#include <string>
#include <string_view>

namespace flit {

/// Whether a key is where people would write a credential: "client_secret", "token", "value_from".
bool names_secret(std::string_view key);

/// The line with "…" for what stands behind the first such key, and for the name and password of an
/// address; any other line as it is.
std::string without_secrets(std::string_view line);

}  // namespace flit
