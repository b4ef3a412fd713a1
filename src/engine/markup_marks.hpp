#pragma once
/// @file What people should know about a piece of HTML before it moves: can it run, what pictures
/// does it show.
///
/// A look, not a parse: cleaning is the business of mapping/html.hpp. Pure, linear.

#include <string>
#include <string_view>
#include <vector>

namespace flit::engine {

struct MarkupMarks {
  bool unsafe = false;                          ///< script, handlers, javascript:, frames
  bool remote_image = false;                    ///< shown from somebody's server
  std::vector<std::string_view> file_ids{};     ///< pictures that are files of the source
  std::vector<std::string_view> content_ids{};  ///< pictures inside an e-mail ("cid:")
};

MarkupMarks marks_of(std::string_view html);

}  // namespace flit::engine
