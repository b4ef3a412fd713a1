#pragma once
/// @file CSV as Bulk jobs read and write it (fact sheet §3, §4).
///
/// A reader of our own and not libcsv: the platform judges what libcsv smooths over (a quote inside
/// an unquoted cell is an error of its row, line ends must be those of the job), and cells are
/// views into the upload, of which a hundred megabytes are not copied. Linear time, no locale.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flit::sim::salesforce::bulk {

enum class LineEnding : std::uint8_t { lf, crlf };

struct CsvFormat {
  char delimiter = ',';
  LineEnding line_ending = LineEnding::lf;

  std::string_view end_of_line() const { return line_ending == LineEnding::lf ? "\n" : "\r\n"; }
};

/// BACKQUOTE CARET COMMA PIPE SEMICOLON TAB; none for other names.
std::optional<char> delimiter_named(std::string_view name);
std::string_view delimiter_name(char delimiter);

/// Whether every line end, those inside quotes too, is the format's own.
bool has_line_endings(std::string_view text, LineEnding line_ending);

/// Where every `rows`-th row starts, 0 first. REQUIRES: `text` starts with a row.
std::vector<std::size_t> cut_rows(std::string_view text, std::size_t rows);

class CsvReader {
 public:
  CsvReader(std::string_view text, CsvFormat format) : text_(text), format_(format) {}

  enum class Row : std::uint8_t {
    read,
    broken,  ///< a quote where none may be; `cells` holds what could be read of it
    none,    ///< the text has ended
  };

  /// Reads the next row, appending its cells. Views live until release() and as long as the text.
  /// An empty line is no row.
  Row next(std::vector<std::string_view>& cells);

  /// Gives back what unescaped cells took; their views end here.
  void release() { unescaped_.clear(); }

  std::size_t position() const { return at_; }

 private:
  enum class End : std::uint8_t { cell, row, broken };
  End cell(std::vector<std::string_view>& cells);
  End quoted(std::vector<std::string_view>& cells);
  End after_cell();
  bool at_line_end() const;
  void skip_line_end();
  void skip_line();

  std::string_view text_;
  CsvFormat format_;
  std::size_t at_ = 0;
  std::deque<std::string> unescaped_;  // a deque keeps its strings where they are
};

/// The cell in quotes, quotes inside doubled.
void append_quoted_cell(std::string& out, std::string_view cell);

}  // namespace flit::sim::salesforce::bulk
