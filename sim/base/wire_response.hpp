#pragma once
/// @file Puts a Response on a libmicrohttpd connection: gzip, body, headers, fate. Internal to the
/// server.

#include "sim/base/request.hpp"
#include "sim/base/response.hpp"

struct MHD_Connection;

namespace flit::sim {

/// Queues the answer, or aborts the connection when its fate says so; false asks for it to be
/// closed.
bool send_response(MHD_Connection* connection, const Request& request, Response response);

}  // namespace flit::sim
