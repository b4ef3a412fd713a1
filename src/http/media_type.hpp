#pragma once
/// @file The parameters of a Content-Type or Content-Disposition: charset=utf-8; boundary="a b".

#include <optional>
#include <string>
#include <string_view>

namespace flit::http {

/// The value of `;name=value` behind the first part, unquoted; the name in any case. None: it is
/// not there, or its quotes do not close (RFC 9110, section 5.6.6).
std::optional<std::string> parameter_of(std::string_view header, std::string_view name);

}  // namespace flit::http
