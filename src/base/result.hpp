#pragma once
/// @file Errors as values: what went wrong, and what the caller should do about it.
///
/// A Fault names the action, the text and the trail say what happened. Only connectors classify
/// what a platform answered; only the engine retries. Exceptions are kept for bugs
/// (base/check.hpp); exceptions of libraries become results inside the file that fences that
/// library.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace flit {

enum class Fault {
  setup,      ///< a person must change a pack, a file, a credential or a permission
  permanent,  ///< refused for good, this record or this request; neighbours may be fine
  limit,      ///< slow down; see Error::retry_after
  transient,  ///< the same call may succeed later, unchanged
  ambiguous,  ///< a write left us and no answer came: probe, or repeat under its identity
  cancelled,  ///< we were asked to stop
};

/// "setup", "permanent" …: the enumerator's own name.
std::string_view to_string(Fault fault);

/// Everything a person needs to act, and everything a program needs to react. Never holds a secret
/// or a record's value beyond what the person must see to repair it.
struct Error {
  Fault fault = Fault::permanent;
  std::string message;  ///< what was found and what was expected, one sentence
  std::string where{};  ///< "map/contacts.yaml:14:7", "contacts 105 › email", a URL without query
  std::string remedy{};  ///< what to do now; may be empty where there is nothing to do
  std::string code{};    ///< the platform's own code ("0x80040237", "missing_scope"), if it has one
  std::optional<std::chrono::milliseconds>
      retry_after{};                 ///< with Fault::limit, the platform's own hint
  std::vector<std::string> trail{};  ///< what was being done, innermost first

  Error&& during(std::string what) && {
    trail.push_back(std::move(what));
    return std::move(*this);
  }

  /// "where: message [code] (while …; while …). remedy", on one line unless the message has
  /// several.
  std::string text() const;
};

/// A value or an Error. Wraps tl::expected 1.0, which is not [[nodiscard]].
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using Base = tl::expected<T, Error>;
  using Base::Base;
  Result(Base other) : Base(std::move(other)) {}
  Result(Error error) : Base(tl::unexpect, std::move(error)) {}
};

}  // namespace flit

// NOLINTBEGIN(bugprone-macro-parentheses): a name that is declared cannot stand in parentheses
#define FLIT_DETAIL_JOIN2(a, b) a##b
#define FLIT_DETAIL_JOIN(a, b) FLIT_DETAIL_JOIN2(a, b)
#define FLIT_DETAIL_TRY(holder, name, expression)                       \
  auto holder = (expression);                                           \
  if (!holder) return ::tl::make_unexpected(std::move(holder).error()); \
  auto name = std::move(*holder)

/// FLIT_TRY(page, source.read(cursor, stop)); binds `page` or returns the error to our caller.
#define FLIT_TRY(name, expression) \
  FLIT_DETAIL_TRY(FLIT_DETAIL_JOIN(flit_result_, __LINE__), name, expression)

/// FLIT_TRY_VOID(ledger.intend(batch)); goes on or returns the error to our caller.
#define FLIT_TRY_VOID(expression)                                   \
  do {                                                              \
    if (auto flit_result = (expression); !flit_result)              \
      return ::tl::make_unexpected(std::move(flit_result).error()); \
  } while (false)
// NOLINTEND(bugprone-macro-parentheses)
