#pragma once
/// @file multipart/form-data (RFC 7578) as far as job and file uploads use it: named parts.
///
/// Views into the body; linear time. Line ends may be CRLF or LF; parts come in any order.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace flit::sim::salesforce::bulk {

struct FormPart {
  std::string_view name{};
  std::string_view file_name{};     ///< empty: none
  std::string_view content_type{};  ///< without parameters; empty: none
  std::string_view content{};
};

/// Whether a Content-Type is multipart/….
bool is_multipart(std::string_view content_type);

/// Fault::permanent when there is no boundary, no closing one, or a part without a name.
Result<std::vector<FormPart>> read_form(std::string_view content_type, std::string_view body);

/// The first part of that name; null if there is none.
const FormPart* find_part(const std::vector<FormPart>& parts, std::string_view name);

}  // namespace flit::sim::salesforce::bulk
