#pragma once
/// @file The platform's "no": an HTTP status, one of its error codes and its own words.
///
/// Fact sheet §9. A Refusal is part of the simulated behaviour, not a fault of the simulator, so it
/// is a type of its own beside flit::Error; Answer<T> is to it what Result<T> is to Error, and
/// FLIT_TRY works with both.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace flit::sim::dataverse {

struct Refusal {
  int status = 400;
  std::uint32_t code = 0;
  std::string message{};
  /// Sent only when the client asked for annotations: name without "@", value.
  std::vector<std::pair<std::string, std::string>> annotations{};
  std::optional<int> retry_after_s{};

  /// "0x80040217", the form of the error body.
  std::string code_text() const;

  /// The JSON error body, with annotations or without.
  std::string body(bool with_annotations) const;
};

template <typename T>
using Answer = tl::expected<T, Refusal>;

/// A refusal as the error alternative of any Answer.
inline tl::unexpected<Refusal> refuse(Refusal refusal) {
  return tl::unexpected<Refusal>(std::move(refusal));
}

}  // namespace flit::sim::dataverse
