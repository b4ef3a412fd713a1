#pragma once
/// @file Phone numbers: from what people type to E.164, with libphonenumber.

#include <optional>
#include <string>
#include <string_view>

namespace flit::mapping {

/// "+12125550143", with " ext. 9" behind it where there is an extension. `region` (ISO 3166) is
/// where a number without a country is dialled. Empty when the text is no valid number of any
/// country. Thread-safe.
std::optional<std::string> international_phone(std::string_view text, std::string_view region);

/// Whether numbers of that country (ISO 3166, upper case) are known.
bool is_phone_region(const std::string& region);

}  // namespace flit::mapping
