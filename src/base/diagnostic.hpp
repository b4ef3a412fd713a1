#pragma once
/// @file What is wrong with a text that a person wrote, shown where it stands.
///
/// Reading a document does not stop at the first mistake: diagnostics are collected, up to twenty,
/// and shown together. Each says what was found, what was expected and, where it can, what to do:
///
///     packs/acme.yaml:14:7: error: unknown field 'exernal_key' in objects.contact
///        14 |       exernal_key: leaf_id
///           |       ^~~~~~~~~~~ did you mean 'external_key'?
///
/// Lines are shown, but for what may be a credential (base/secret_words.hpp). Not thread-safe.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/source_text.hpp"

namespace flit {

enum class Severity {
  error,    ///< the document cannot be used
  warning,  ///< it can, but probably does not mean what was meant
};

std::string_view to_string(Severity severity);

struct Diagnostic {
  Severity severity = Severity::error;
  Position at;          ///< may be unknown: the message then names the key
  std::string message;  ///< what was found and what was expected
  std::string hint{};   ///< what to do; stands behind the caret

  /// Message, source line and caret, without a line end; the two last only when a line is known.
  std::string text() const;
};

class Diagnostics {
 public:
  static constexpr std::size_t limit = 20;  ///< style guide, section 6

  void error(Position at, std::string message, std::string hint = {});
  void warning(Position at, std::string message, std::string hint = {});
  void add(Diagnostic diagnostic);

  bool has_errors() const { return errors_ > 0; }
  /// Readers ask this and stop; errors added after are counted, not kept. Warnings have a limit of
  /// their own, so that they never hide an error.
  bool is_full() const { return errors_ >= limit; }
  std::size_t errors() const { return errors_; }
  const std::vector<Diagnostic>& all() const { return all_; }

  /// All of them as a person reads them, one blank line between two, and how many were left out.
  std::string text() const;

  /// All of them as one Error (Fault::setup) whose text() reads as text() here. REQUIRES:
  /// has_errors().
  Error to_error() const;

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace flit
