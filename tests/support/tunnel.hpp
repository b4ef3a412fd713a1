#pragma once
/// @file What a proxy does after CONNECT: carries bytes both ways until one side ends.

#include <cstdint>

namespace flit::test {

/// Between `socket` and a new connection to 127.0.0.1:`port`. Returns when either side has closed.
void tunnel(int socket, std::uint16_t port);

}  // namespace flit::test
