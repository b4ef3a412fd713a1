#include "sim/interactive/folder/table_input.hpp"

#include <memory>
#include <set>

#include <csv.h>

#include "base/json_reader.hpp"

namespace flit::sim::interactive {

namespace {

/// What libcsv's callbacks fill.
struct Rows {
  std::vector<std::vector<std::string>> done;
  std::vector<std::string> current;
};

void end_of_field(void* text, std::size_t size, void* into) {
  static_cast<Rows*>(into)->current.emplace_back(static_cast<const char*>(text), size);
}

void end_of_row(int /*character*/, void* into) {
  auto& rows = *static_cast<Rows*>(into);
  rows.done.push_back(std::move(rows.current));
  rows.current.clear();
}

struct Parser {
  csv_parser parser{};
  bool open = csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0;
  ~Parser() { csv_free(&parser); }
};

void flatten(json::Value value, const std::string& name,
             std::vector<std::pair<std::string, std::string>>& cells) {
  const auto below = [&](std::string_view key) {
    return name.empty() ? std::string(key) : name + "." + std::string(key);
  };
  if (value.is_object()) {
    for (const json::Member member : value.members())
      flatten(member.value, below(member.key), cells);
  } else if (value.is_array()) {
    std::size_t n = 0;
    for (const json::Value one : value.elements()) flatten(one, below(std::to_string(n++)), cells);
  } else {
    const auto text = value.as_string();
    cells.emplace_back(name, value.is_null() ? "" : text ? std::string(*text) : value.dump());
  }
}

/// "/data/0/rows" (RFC 6901, without escapes: our manifests need none).
json::Value follow(json::Value value, std::string_view pointer) {
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    if (value.is_object()) {
      value = value[step];
      continue;
    }
    std::size_t n = 0;
    json::Value found;
    for (const json::Value one : value.elements())
      if (std::to_string(n++) == step) found = one;
    value = found;
  }
  return value;
}

}  // namespace

Error TableInput::wrong(std::string message) const {
  return Error{
      .fault = Fault::setup, .message = std::move(message), .where = "inputs." + settings_.name};
}

Result<TableInput> TableInput::parse(InputSettings settings, std::string_view bytes) {
  TableInput input;
  input.settings_ = std::move(settings);
  auto text = decoded(bytes, input.settings_.encoding);
  if (!text) return input.wrong(text.error().message);
  FLIT_TRY_VOID(input.settings_.format == InputFormat::csv ? input.read_csv(*text)
                                                           : input.read_json(*text));
  FLIT_TRY_VOID(input.check());
  return input;
}

std::optional<std::size_t> TableInput::column(std::string_view name) const {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

std::string_view TableInput::cell(std::size_t row, std::size_t column) const {
  return column < rows_[row].size() ? std::string_view(rows_[row][column]) : std::string_view();
}

std::size_t TableInput::add_column(std::string_view name) {
  if (const auto found = column(name)) return *found;
  by_name_.emplace(std::string(name), columns_.size());
  columns_.emplace_back(name);
  return columns_.size() - 1;
}

Result<void> TableInput::read_csv(const std::string& text) {
  if (settings_.delimiter.size() != 1 || settings_.quote.size() != 1)
    return wrong("delimiter and quote are one character each");
  Parser csv;
  if (!csv.open) return wrong("the CSV reader cannot be started");
  csv_set_delim(&csv.parser, static_cast<unsigned char>(settings_.delimiter[0]));
  csv_set_quote(&csv.parser, static_cast<unsigned char>(settings_.quote[0]));
  // blanks belong to their cell
  csv_set_space_func(&csv.parser, [](unsigned char) { return 0; });
  Rows rows;
  const std::size_t read =
      csv_parse(&csv.parser, text.data(), text.size(), end_of_field, end_of_row, &rows);
  if (read != text.size() || csv_fini(&csv.parser, end_of_field, end_of_row, &rows) != 0)
    return wrong("row " + std::to_string(rows.done.size() + 1) +
                 " is malformed: " + csv_strerror(csv_error(&csv.parser)));
  rows_ = std::move(rows.done);
  std::vector<std::string> names = settings_.columns;
  if (settings_.header) {
    if (rows_.empty()) return wrong("there is no header row");
    names = std::move(rows_.front());
    rows_.erase(rows_.begin());
  }
  for (const std::string& name : names) {
    if (column(name)) return wrong("the column '" + name + "' stands there twice");
    add_column(name);
  }
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].size() > columns_.size())
      return wrong("row " + std::to_string(i + 1) + " has more cells than there are columns");
  return {};
}

void TableInput::add_record(const std::vector<std::pair<std::string, std::string>>& cells) {
  std::vector<std::string>& row = rows_.emplace_back();
  for (const auto& [name, value] : cells) {
    const std::size_t at = add_column(name);
    if (row.size() <= at) row.resize(at + 1);
    row[at] = value;
  }
}

Result<void> TableInput::read_json(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> cells;
  const auto take = [&](json::Value record) {
    cells.clear();
    flatten(record, "", cells);
    add_record(cells);
  };
  if (settings_.format == InputFormat::json) {
    FLIT_TRY(document, json::parse(text));
    const json::Value list = follow(document.root(), settings_.records);
    if (!list.is_array())
      return wrong("there is no list of records at '" + settings_.records + "'");
    for (const json::Value record : list.elements()) take(record);
    return {};
  }
  json::Document document;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line(text.data() + at, end - at);
    at = end + 1;
    if (line.empty() || line == "\r") continue;
    FLIT_TRY(record, document.read(line));
    take(record);
  }
  return {};
}

Result<void> TableInput::check() const {
  if (settings_.expect_rows && *settings_.expect_rows != rows_.size())
    return wrong("there are " + std::to_string(rows_.size()) + " rows where " +
                 std::to_string(*settings_.expect_rows) + " were expected");
  if (settings_.key.empty()) return {};
  const auto at = column(settings_.key);
  if (!at) return wrong("there is no column '" + settings_.key + "'");
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (!seen.insert(cell(i, *at)).second)
      return wrong("row " + std::to_string(i + 1) + " has the key of another one");
  return {};
}

}  // namespace flit::sim::interactive
