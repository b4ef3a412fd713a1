#include "reports/csv.hpp"

#include "base/decimal.hpp"

namespace flit::reports {
namespace {

void append_cell(std::string& line, std::string_view text) {
  const std::string cell = harmless(text);
  if (cell.find_first_of(",\"\r\n") == std::string::npos) {
    line += cell;
    return;
  }
  line += '"';
  for (const char c : cell) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

}  // namespace

std::string harmless(std::string_view text) {
  constexpr std::string_view starts = "=+-@\t\r";
  if (text.empty() || starts.find(text.front()) == std::string_view::npos) return std::string(text);
  const bool is_number = text.front() == '-' && Decimal::parse(text).has_value();
  return is_number ? std::string(text) : "'" + std::string(text);
}

Csv::Csv(const std::filesystem::path& file, std::span<const std::string> columns) : output_(file) {
  output_.write("\xEF\xBB\xBF");
  row(columns);
}

Csv& Csv::row(std::span<const std::string> cells) {
  line_.clear();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line_ += ',';
    append_cell(line_, cells[i]);
  }
  line_ += "\r\n";
  output_.write(line_);
  return *this;
}

}  // namespace flit::reports
