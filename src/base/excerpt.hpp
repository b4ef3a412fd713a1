#pragma once
/// @file What an error message may show of the text that it complains about.
///
/// The reader must recognise the value, not receive it: at most 40 code points in quotes, control
/// characters and bad bytes made visible, the rest as its length. Not for secrets.

#include <string>
#include <string_view>

namespace flit {

/// `'12.5x'`; longer text is cut: `'0000…' (9999 bytes)`; nothing at all is `''`.
std::string excerpt(std::string_view found);

}  // namespace flit
