#pragma once
/// @file A multipart $batch body, cut into operations and change sets.
///
/// Reads every dialect that clients send (issue "A Dataverse that any client accepts"): bare and
/// quoted boundaries, text before the first boundary, CRLF or LF line ends, Content-ID in the MIME
/// part or among the inner headers, blanks and UTF-8 in request lines. Nothing is copied:
/// operations are views into the body, which must outlive them. One pass per level, linear time.
/// Fact sheet §7.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace flit::sim::dataverse::batch {

/// Operations in one batch, fact sheet §7.
inline constexpr std::size_t max_operations = 1000;

/// Characters of the URL of an operation inside a batch, fact sheet §7.
inline constexpr std::size_t max_url = 65'536;

struct HeaderField {
  std::string_view name{};
  std::string_view value{};
};

struct Operation {
  std::string_view method{};
  std::string_view target{};  ///< as sent: absolute, path-absolute, relative or "$1/…"
  std::vector<HeaderField> headers{};
  std::string_view body{};
  std::optional<std::string_view> content_id{};

  /// The first header of that name, case ignored.
  std::optional<std::string_view> header(std::string_view name) const;
};

/// One bare operation, or the operations of one change set.
struct Part {
  bool is_change_set = false;
  std::vector<Operation> operations{};
};

struct BatchRequest {
  std::vector<Part> parts{};
};

/// `content_type` is the header of the whole request. Refusals (Error::code and text) are answered
/// as a plain JSON error with status 400, never as multipart.
Result<BatchRequest> parse_batch(std::string_view content_type, std::string_view body);

/// The part of `target` below the service root: "accounts?$top=1" of
/// "https://h/api/data/v9.2/accounts?$top=1",
/// "/api/data/v9.2/accounts?$top=1" or "accounts?$top=1". None for another site's path.
std::optional<std::string_view> below_service_root(std::string_view target);

}  // namespace flit::sim::dataverse::batch
