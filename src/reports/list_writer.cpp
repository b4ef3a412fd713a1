#include "reports/list_writer.hpp"

namespace flit::reports {
namespace {

/// A whole number is stored as one, unless that would change how it is written: ids stay texts.
Cell cell_of(const std::string& text) {
  constexpr std::size_t exact_digits = 15;  // of a double, which is what the format has
  const bool digits = !text.empty() && text.size() <= exact_digits &&
                      text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || (text.size() > 1 && text.front() == '0')) return text;
  return static_cast<std::int64_t>(std::stoll(text));
}

}  // namespace

ListWriter::ListWriter(const std::filesystem::path& folder, Workbook& workbook, ListShape shape)
    : workbook_(workbook), csv_(folder / shape.file, shape.columns), digest_{std::move(shape)} {
  workbook_.sheet(digest_.shape.title, digest_.shape.columns);
}

void ListWriter::add(std::vector<std::string> row) {
  csv_.row(row);
  std::vector<Cell> cells;
  cells.reserve(row.size());
  for (const std::string& text : row) cells.push_back(cell_of(text));
  workbook_.row(cells);
  ++digest_.total;
  if (digest_.first.size() < ListDigest::most_shown) digest_.first.push_back(std::move(row));
}

Result<ListDigest> ListWriter::finish() {
  FLIT_TRY_VOID(csv_.finish());
  return std::move(digest_);
}

}  // namespace flit::reports
