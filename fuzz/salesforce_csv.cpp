// CSV is read to its end whatever it is; cuts fall between rows; what is written reads back equal.

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/promise.hpp"
#include "sim/salesforce/bulk/csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using flit::fuzz::promise;
  using namespace flit::sim::salesforce::bulk;  // NOLINT(google-build-using-namespace)
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CsvReader reader(text, {});
  std::vector<std::string_view> cells;
  std::string written;
  std::vector<std::string> kept;
  std::size_t rows = 0;
  bool broken = false;
  for (auto row = reader.next(cells); row != CsvReader::Row::none; row = reader.next(cells)) {
    ++rows;
    broken = broken || row == CsvReader::Row::broken;
    promise(!cells.empty(), "a row has a cell");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      append_quoted_cell(written, cells[i]);
      written += i + 1 == cells.size() ? '\n' : ',';
      kept.emplace_back(cells[i]);
    }
    cells.clear();
    reader.release();
  }
  promise(reader.position() == size, "everything is read");
  promise(rows <= size + 1, "no row is made up");
  if (!broken) promise(rows == 0 || cut_rows(text, 1).size() <= rows + 1, "cuts fall between rows");
  CsvReader again(written, {});
  std::size_t at = 0;
  while (again.next(cells) == CsvReader::Row::read) {
    for (const std::string_view cell : cells)
      promise(at < kept.size() && cell == kept[at++], "what is written reads back");
    cells.clear();
  }
  promise(at == kept.size(), "nothing is lost");
  return 0;
}
