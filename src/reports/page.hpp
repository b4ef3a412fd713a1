#pragma once
/// @file One HTML page that is complete in itself: style inside, nothing loaded from anywhere,
/// nothing that runs. It can be mailed, printed, and opened in ten years.
///
/// A Content-Security-Policy forbids scripts and every connection, so that even a mistake of ours
/// could not make a record's value run. Made as a stream: what was written goes to the file at each
/// flush, so a page may be longer than memory. Not thread-safe.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "reports/html.hpp"
#include "reports/output.hpp"

namespace flit::reports {

struct PageHead {
  std::string title;     ///< "Handover report"
  std::string subtitle;  ///< "Interactive → Dynamics 365 Sales"
  std::vector<std::pair<std::string, std::string>> facts{};  ///< "Migration": "8f6e…"
};

class Page {
 public:
  Page(const std::filesystem::path& file, const PageHead& head);

  Html& html() { return html_; }

  /// A heading with its place in the page's table of contents.
  void section(std::string_view id, std::string_view title, std::string_view lead = {});
  void paragraph(std::string_view text);

  /// A table: open, rows, close. `classes` of a column: "n" for numbers.
  struct Column {
    std::string title;
    bool number = false;
  };
  void open_table(const std::vector<Column>& columns);
  void table_row(const std::vector<std::string>& cells);
  void close_table();

  /// Writes what is there so far to the file.
  void flush() { output_.write(html_.take()); }
  Result<void> finish();

 private:
  Output output_;
  Html html_;
  std::vector<Column> columns_;
};

/// "12,345": how numbers are shown to people.
std::string grouped(std::uint64_t number);

}  // namespace flit::reports
