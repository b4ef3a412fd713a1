#pragma once
/// @file $batch over the Api: bare operations and change sets (fact sheet §7).

#include "sim/dataverse/api/api.hpp"

namespace flit::sim::dataverse {

ApiReply run_batch_call(Api& api, Organization& org, const ApiCall& outer);

}  // namespace flit::sim::dataverse
