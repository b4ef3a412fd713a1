#pragma once
/// @file MIME multipart (RFC 2046 §5.1) as far as batches use it: boundary, parts, header lines.
///
/// Views into the text; linear time. Line ends may be CRLF or LF.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/dataverse/batch/batch_request.hpp"

namespace flit::sim::dataverse::batch {

/// Code 0x80060888 with this text: how the platform refuses a batch that it cannot read.
Error batch_fault(std::string message);

bool equal_ignoring_case(std::string_view left, std::string_view right);
std::string_view trimmed(std::string_view text);

/// "multipart/mixed" of "multipart/mixed; boundary=x".
std::string_view media_type(std::string_view content_type);

/// The boundary, without quotes; none if there is none.
std::optional<std::string_view> boundary_of(std::string_view content_type);

/// The bodies between the delimiters, without the line ends that belong to these. At most `limit`.
Result<std::vector<std::string_view>> split_parts(std::string_view text, std::string_view boundary,
                                                  std::size_t limit);

/// The line at the start of `text`, without its end; `text` moves behind it.
std::string_view take_line(std::string_view& text);

/// The header lines at the start of `text` up to the empty line; `text` moves behind it.
Result<std::vector<HeaderField>> take_headers(std::string_view& text);

std::optional<std::string_view> find(const std::vector<HeaderField>& headers,
                                     std::string_view name);

}  // namespace flit::sim::dataverse::batch
