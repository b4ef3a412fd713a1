#pragma once
/// @file A file of rows, CSV or JSON, as a table of texts (facts/sources.md §1.12, `inputs:`).
///
/// An empty cell is null for whoever reads it. CSV is libcsv's, seen only in the .cpp file; a
/// nested JSON value is a column called "a.b.0". Immutable once loaded.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.hpp"
#include "base/result.hpp"

namespace flit::sim::interactive {

enum class InputFormat { csv, json, jsonl };
enum class InputEncoding { utf_8, utf_16, windows_1252 };

struct InputSettings {
  std::string name{};
  std::string path{};
  InputFormat format = InputFormat::csv;
  InputEncoding encoding = InputEncoding::utf_8;  ///< a byte order mark wins
  std::string delimiter = ",";
  std::string quote = "\"";
  bool header = true;
  std::vector<std::string> columns{};  ///< names, when there is no header
  std::string records{};               ///< JSON pointer to the list of records
  std::string key{};                   ///< column that must be unique
  std::optional<std::size_t> expect_rows{};
};

class TableInput {
 public:
  /// Fault::setup, naming the input: malformed text, a duplicate key, another number of rows.
  static Result<TableInput> parse(InputSettings settings, std::string_view bytes);

  const std::string& name() const { return settings_.name; }
  std::size_t rows() const { return rows_.size(); }
  std::optional<std::size_t> column(std::string_view name) const;
  /// Empty text when the row has no such cell.
  std::string_view cell(std::size_t row, std::size_t column) const;

 private:
  Result<void> read_csv(const std::string& text);
  Result<void> read_json(const std::string& text);
  void add_record(const std::vector<std::pair<std::string, std::string>>& cells);
  std::size_t add_column(std::string_view name);
  Result<void> check() const;
  Error wrong(std::string message) const;

  InputSettings settings_;
  std::vector<std::string> columns_;
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> by_name_;
  std::vector<std::vector<std::string>> rows_;
};

/// The text in UTF-8, without a byte order mark. Fault::setup for bytes that are none.
Result<std::string> decoded(std::string_view bytes, InputEncoding encoding);

}  // namespace flit::sim::interactive
