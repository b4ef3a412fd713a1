#pragma once
/// @file Is this text one e-mail address?

#include <string>
#include <string_view>

namespace flit::mapping {

/// The dot-atom form of RFC 5322 with a domain of at least two labels (RFC 1035 lengths), UTF-8
/// allowed (RFC 6532). No display name, no comment, no quoted local part, no list: those are kept
/// as typed and flagged. Linear.
bool is_email_address(std::string_view text);

/// The same address in the form in which duplicates are recognised: case folded.
std::string email_key(std::string_view address);

}  // namespace flit::mapping
