#pragma once
/// @file Sizes and extensions of attached files (fact sheet §12).

#include <string_view>

#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

/// `body` is base64; its own length counts against maxuploadfilesize (0x80044a02), the name's
/// extension against blockedattachments (0x80043e09).
Answer<void> check_file(const Work& work, std::string_view name, std::string_view body);

/// Bytes that a base64 text stands for.
std::int64_t decoded_size(std::string_view base64);

/// organization.blockedattachments: 0x80043e09.
Answer<void> check_extension(const Work& work, std::string_view name);

}  // namespace flit::sim::dataverse
