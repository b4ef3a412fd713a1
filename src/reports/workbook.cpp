#include "reports/workbook.hpp"

#include <algorithm>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/utf8.hpp"

namespace flit::reports {
namespace {

constexpr lxw_row_t most_rows = 1'048'576;      // of a sheet, the format's own limit
constexpr std::size_t longest_text = 32'767;    // of a cell, likewise
constexpr std::size_t longest_sheet_name = 31;  // likewise

/// Makes the file before the library does, so that nobody else may ever read it.
void make_private(const std::filesystem::path& file) {
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (made >= 0) ::close(made);  // what stands in the way, closing the workbook says
}

/// XML 1.0 has no place for most control characters.
std::string storable(std::string_view text) {
  std::string out = utf8::is_valid(text) ? std::string(text) : utf8::repaired(text);
  std::erase_if(out, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
  return std::string(utf8::prefix_of_utf16_units(out, longest_text));
}

}  // namespace

struct Workbook::Parts {
  std::filesystem::path file;
  std::filesystem::path beside;
  lxw_workbook* book = nullptr;
  lxw_format* bold = nullptr;
  lxw_worksheet* sheet = nullptr;
  std::string name;
  std::vector<std::string> columns;
  int part = 1;  // of a list that is longer than a sheet
  lxw_row_t next = 0;

  void begin_sheet() {
    std::string shown(utf8::prefix_of_utf16_units(name, longest_sheet_name - 4));
    if (part > 1) shown += fmt::format(" {}", part);
    sheet = workbook_add_worksheet(book, shown.c_str());
    if (sheet == nullptr) return;
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(columns.size() - 1), 22, nullptr);
    for (std::size_t i = 0; i < columns.size(); ++i)
      worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), columns[i].c_str(), bold);
    next = 1;
  }
  void end_sheet() const {
    if (sheet != nullptr && next > 1)
      worksheet_autofilter(sheet, 0, 0, next - 1, static_cast<lxw_col_t>(columns.size() - 1));
  }
};

Workbook::Workbook(std::filesystem::path file, Instant made_at)
    : parts_(std::make_unique<Parts>()) {
  parts_->file = std::move(file);
  parts_->beside = parts_->file;
  parts_->beside += ".part";
  make_private(parts_->beside);
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  parts_->book = workbook_new_opt(parts_->beside.c_str(), &options);
  lxw_doc_properties properties{};
  properties.created = static_cast<time_t>(
      std::chrono::duration_cast<std::chrono::seconds>(made_at.time_since_epoch()).count());
  workbook_set_properties(parts_->book, &properties);
  parts_->bold = workbook_add_format(parts_->book);
  format_set_bold(parts_->bold);
}

Workbook::~Workbook() {
  if (parts_->book == nullptr) return;
  workbook_close(parts_->book);
  std::error_code ignored;  // nothing can be done about a part that stays
  std::filesystem::remove(parts_->beside, ignored);
}

void Workbook::sheet(std::string_view name, const std::vector<std::string>& columns) {
  parts_->end_sheet();
  parts_->name = name;
  parts_->columns = columns;
  parts_->part = 1;
  parts_->begin_sheet();
}

void Workbook::row(std::span<const Cell> cells) {
  if (parts_->next == most_rows) {
    parts_->end_sheet();
    ++parts_->part;
    parts_->begin_sheet();
  }
  if (parts_->sheet == nullptr) return;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    if (const auto* number = std::get_if<std::int64_t>(&cells[i]))
      worksheet_write_number(parts_->sheet, parts_->next, column, static_cast<double>(*number),
                             nullptr);
    else
      worksheet_write_string(parts_->sheet, parts_->next, column,
                             storable(std::get<std::string>(cells[i])).c_str(), nullptr);
  }
  ++parts_->next;
}

Result<void> Workbook::finish() {
  parts_->end_sheet();
  const lxw_error closed = workbook_close(parts_->book);
  parts_->book = nullptr;
  std::error_code error;
  if (closed == LXW_NO_ERROR) std::filesystem::rename(parts_->beside, parts_->file, error);
  if (closed == LXW_NO_ERROR && !error) return {};
  return Error{
      .fault = Fault::setup,
      .message = fmt::format("cannot be written: {}",
                             closed != LXW_NO_ERROR ? lxw_strerror(closed) : error.message()),
      .where = parts_->file.string(),
      .remedy = "Make room, or make the folder writable for this user"};
}

}  // namespace flit::reports
