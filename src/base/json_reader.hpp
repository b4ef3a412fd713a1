#pragma once
/// @file Reads JSON. One pass over the text yields a flat list of nodes; values are views into it.
///
/// Everything is checked while reading: syntax, UTF-8, depth, nothing behind the value. A Document
/// is reused for the next text without giving its memory back, and stays valid (with every Value
/// into it) until then. simdjson finds the tokens and is seen only in .cpp files. A Document may be
/// used by one thread at a time; reading from its Values by many is fine.

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/json_value.hpp"
#include "base/result.hpp"

namespace flit::json {

class Document {
 public:
  Document();
  ~Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;

  /// Levels of nesting that are read; deeper input is an error (our own files need about ten).
  static constexpr std::size_t max_depth = 256;

  /// Reads `text`, which is copied. Fault::permanent with byte offset, line and column otherwise.
  Result<Value> read(std::string_view text);

  Value root() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Reads one text into a document of its own.
Result<Document> parse(std::string_view text);

}  // namespace flit::json
