#pragma once
/// @file What every source must do, whatever it speaks (model/source.hpp says so).

#include <functional>
#include <memory>
#include <string>

#include "model/source.hpp"

namespace flit::test {

/// A new reader of the same source, as after a restart.
using OpenSource = std::function<std::unique_ptr<model::SourceReader>()>;

/// All pages of a list as text, one line a record or edge.
std::string all_pages(model::SourceReader& source, const model::Listing& listing);

/// Reading page by page, each with a new reader and each twice, gives what one reader gives.
void expect_resumable(const OpenSource& open, const model::Listing& listing);

/// A reader that is asked to stop says so, and reads on when it is asked again.
void expect_stoppable(const OpenSource& open, const model::Listing& listing);

}  // namespace flit::test
