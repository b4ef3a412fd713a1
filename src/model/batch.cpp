#include "model/batch.hpp"

#include <utility>

#include "base/check.hpp"

namespace flit::model {

std::string_view to_string(Verb verb) {
  switch (verb) {
    case Verb::create:
      return "create";
    case Verb::update:
      return "update";
    case Verb::upsert:
      return "upsert";
    case Verb::close:
      return "close";
    case Verb::remove:
      return "remove";
    case Verb::link:
      return "link";
    case Verb::unlink:
      return "unlink";
  }
  return "unknown";
}

RecordBatch::RecordBatch(std::string table, Verb verb, std::vector<std::string> columns)
    : table_(std::move(table)), verb_(verb), columns_(std::move(columns)) {}

std::span<Value> RecordBatch::append(const RowHeader& header) {
  headers_.push_back({header.operation, arena_.copy(header.id), arena_.copy(header.version)});
  cells_.resize(cells_.size() + columns_.size());
  return std::span(cells_).last(columns_.size());
}

std::span<const Value> RecordBatch::row(std::size_t row) const {
  FLIT_CHECK(row < size(), "a batch is read within its size");
  return std::span(cells_).subspan(row * columns_.size(), columns_.size());
}

const Value& RecordBatch::at(std::size_t row_index, std::size_t column) const {
  FLIT_CHECK(column < columns_.size(), "a batch is read within its columns");
  return row(row_index)[column];
}

void RecordBatch::reset() {
  headers_.clear();
  cells_.clear();
  arena_.reset();
}

}  // namespace flit::model
