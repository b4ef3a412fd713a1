#pragma once
/// @file The platform's "no": an HTTP status, one of its codes, its own words, the fields meant.
///
/// Fact sheet §2.9. A Refusal is part of the simulated behaviour, not a fault of the simulator, so
/// it is a type of its own beside flit::Error; Answer<T> is to it what Result<T> is to Error, and
/// FLIT_TRY works with both.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace flit::sim::salesforce {

struct Refusal {
  int status = 400;
  std::string code{};     ///< "REQUIRED_FIELD_MISSING"
  std::string message{};  ///< as seen on the platform
  std::vector<std::string> fields{};
  std::string more{};  ///< further members of a single record's error, `"duplicateResut":{…}`

  /// One entry of a REST error body: {"message","errorCode"[,"fields"]}.
  void append_rest(std::string& out) const;
  /// One entry of a collection's "errors": {"statusCode","message","fields"}.
  void append_collection(std::string& out) const;
  /// The REST error body: a list of one.
  std::string body() const;
  /// `CODE:message:FIELD1,FIELD2 --`, the grammar of sf__Error (§3).
  std::string bulk_text() const;
};

template <typename T>
using Answer = tl::expected<T, Refusal>;

/// A refusal as the error alternative of any Answer.
inline tl::unexpected<Refusal> refuse(Refusal refusal) {
  return tl::unexpected<Refusal>(std::move(refusal));
}
inline tl::unexpected<Refusal> refuse(std::string code, std::string message,
                                      std::vector<std::string> fields = {}) {
  return refuse(
      Refusal{.code = std::move(code), .message = std::move(message), .fields = std::move(fields)});
}

}  // namespace flit::sim::salesforce
